/**
 * What each assumption of docs/completeness.md is worth: the shortest story in which the gateway breaks it and a row of a
 * closed day is lost. The stories are in docs/broken-assumptions.md, which `vitest run --project extract brokenAssumptions -u` writes.
 */
import { describe, expect, it } from "vitest"
import { findStory, nameOf, type StorySearch, tellList, tellMove } from "./findStory.fixture.ts"
import type { SmallGateway } from "./replayReading.fixture.ts"
import { makeSmallCommit } from "./SmallArchive.fixture.ts"
import { allWorlds, codeOf, complete, movesOf, rename, rowsOf } from "./SmallWorld.fixture.ts"
import { answerOf } from "./WorldGraph.fixture.ts"

interface Assumption {
  readonly name: string
  readonly says: string
  readonly gateway?: Partial<SmallGateway>
  /** Moves and answers that it forbids. */
  readonly moves?: StorySearch["moves"]
  readonly oddAnswers?: StorySearch["oddAnswers"]
  /** Whether a row appeared shortly before the day had settled. */
  readonly hasLateRow?: boolean
  /** Whether the row that is lost must be one that nothing has happened to. */
  readonly losesAnother?: boolean
}

const onePageOneRow: SmallGateway = {
  ...{ cap: 1, asked: 1, pastTheEnd: "empty", slots: 1, cells: false, settled: true },
}

/** In the beginning: any later name is of a row that appeared, or of a path that was changed. */
const mostRows = 2

const text = String.fromCharCode

const assumptions: ReadonlyArray<Assumption> = [
  {
    name: "A1",
    says: "The rows and the total of one answer are one moment",
    oddAnswers: (now, before, ask) => {
      const [newer, older] = [answerOf(onePageOneRow, now, ask), answerOf(onePageOneRow, before, ask)]
      if (newer === "refused" || older === "refused") return []
      return [
        { answer: { rows: newer.rows, total: older.total }, as: "with the total of a moment before" },
        { answer: { rows: older.rows, total: newer.total }, as: "with the rows of a moment before" },
      ]
    },
  },
  {
    name: "A2",
    says: "Nothing enters a day after its end plus the settling time",
    moves: (world, names) => {
      const row = text(codeOf({ name: names, slot: 0, state: complete, isFresh: false }))
      return Array.from({ length: world.length + 1 }, (_, place) => ({
        world: world.slice(0, place) + row + world.slice(place),
        text: `row ${nameOf(names)} appears`,
      }))
    },
  },
  {
    name: "A3",
    says: "A row in a final state never changes its identity",
    losesAnother: true,
    moves: (world, names) => {
      const path = Math.max(mostRows, names)
      return [...new Set(rowsOf(world).map(({ name }) => name))].map((name) => ({
        world: rename(world, (other) => (other === name ? path : other)),
        text: `row ${nameOf(name)} gets another path, and is ${nameOf(path)} now`,
      }))
    },
  },
  {
    name: "A4",
    says: "A row's request time never changes",
    gateway: { slots: 2, cells: true },
    moves: (world) =>
      rowsOf(world).map((row, at) => ({
        world: world.slice(0, at) + text(codeOf({ ...row, slot: 1 - row.slot })) + world.slice(at + 1),
        text: `row ${nameOf(row.name)} gets another request time`,
      })),
  },
  {
    name: "A5",
    says: "No answer is staler than the settling time",
    hasLateRow: true,
    oddAnswers: (_, before, ask) => [
      { answer: answerOf(onePageOneRow, before, ask), as: "as the list was before that" },
    ],
  },
]

/** The shortest way to lose a row of up to two, in up to two events. */
const storyOf = (assumption: Omit<Assumption, "name" | "says">): ReadonlyArray<string> | undefined => {
  const gateway = { ...onePageOneRow, ...assumption.gateway }
  const commit = makeSmallCommit(gateway.cells ? 1 : gateway.slots)
  const worlds = allWorlds({ rows: mostRows, slots: gateway.slots }).filter(
    (world) => world !== "" && rowsOf(world).every(({ state }) => state === complete),
  )
  const hasLateRow = assumption.hasLateRow === true
  return findStory({
    gateway,
    events: 2,
    beginnings: worlds.map((world) => {
      const before = hasLateRow ? world.slice(0, -1) : world
      const first = `${tellList(gateway, before)}.`
      const late = `row ${nameOf(rowsOf(world).at(-1)!.name)} appears, before the day has settled: ${tellList(gateway, world)}.`
      return { world, before, story: hasLateRow ? [first, late] : [first] }
    }),
    moves: (world, names) => [
      ...movesOf(world)
        .filter(({ move }) => move === "moves" || move === "leaves")
        .map((moved) => ({ world: moved.world, text: tellMove(moved) })),
      ...(assumption.moves?.(world, names) ?? []),
    ],
    ...(assumption.oddAnswers === undefined ? {} : { oddAnswers: assumption.oddAnswers }),
    tellEnd: (world, rows, end) => {
      if (!("proof" in end) || !commit("", rows, end, false).isClosed) return undefined
      const names = (list: string) => [...new Set(rowsOf(list).map(({ name }) => name))]
      const lost = names(world).filter((name) => !names(rows).includes(name))
      const mayBeLost = assumption.losesAnother === true ? lost.filter((name) => name < mostRows) : lost
      const with_ = rows === "" ? "no rows" : names(rows).map(nameOf).join(", ")
      return mayBeLost.length === 0
        ? undefined
        : `the day closes with ${with_}: row ${nameOf(mayBeLost[0]!)} is lost.`
    },
  })
}

describe("an assumption", () => {
  it.each(assumptions)("$name, broken, loses a row of a closed day", (assumption) => {
    expect(storyOf(assumption)?.at(-1)).toMatch(/^the day closes with .*: row . is lost\.$/)
  })

  it("that is kept loses none within the same bounds", () => {
    expect(storyOf({})).toBeUndefined()
    expect(storyOf({ hasLateRow: true })).toBeUndefined()
    expect(storyOf({ gateway: { slots: 2, cells: true } })).toBeUndefined()
  })
})

describe("docs/broken-assumptions.md", () => {
  it("tells the stories as they are", async () => {
    const stories = assumptions.map((assumption) => {
      const lines = storyOf(assumption)!.map((line, index) => `${index + 1}. ${capital(line)}`)
      return [`## ${assumption.name}: ${assumption.says}`, lines.join("\n")].join("\n\n")
    })
    await expect(`${[heading, ...stories].join("\n\n")}\n`).toMatchFileSnapshot(
      "../../../docs/broken-assumptions.md",
    )
  })
})

const capital = (line: string): string => line.charAt(0).toUpperCase() + line.slice(1)

const heading = `# What each assumption is worth

<!-- written by: pnpm vitest run --project extract brokenAssumptions -u -->

A closed day rests on five assumptions about the API ([completeness.md](completeness.md)). Here each is broken, and the real reader is
run over all small worlds: this is the shortest story, for each, in which a day closes and has lost a row. As long as the assumptions
are kept there is none within the same bounds.

Pages hold one row, so that the stories are short. All rows are COMPLETE, and the day has settled when its reading begins. A row that
enters after the reading is lost in the same way, and needs no story: a closed day is not read again, unless its total has changed.`
