/**
 * Whole runs against gateways of every kind that the documentation leaves open. The claim: a day that is closed holds
 * exactly the rows of that day, whatever the gateway means by a window; and what that cost.
 */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { workDays } from "@vodstation-etl/core/WorkDay"
import { aroundBorder, gatewayKinds } from "@vodstation-etl/simulator/gatewayKinds.fixture"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { allDays, days, readKind, linesIn, truth, withWorld } from "./BorderWorld.fixture.ts"
import { runDays, seoul } from "./DayRun.fixture.ts"

describe("kinds of gateway", () => {
  // All 64 are tried in seams.long.test.ts, and for their seams alone in extract; here each pair of ends once.
  it.each(gatewayKinds.filter((_, index) => index % 5 === 0))(
    "$boundUnit ($boundCut), from inclusive $fromInclusive, to inclusive $toInclusive, swapped $swapped, reversed $reversedWindow",
    async (kind) => {
      const { read, right } = await readKind(kind)
      expect(read).toEqual(right)
    },
  )
})

/** Requests for the rows of days: where only the total is wanted, as at a seam, the smallest page is asked for. */
const pagesAsked = (simulator: RunningSimulator) =>
  simulator.stats().targets.filter((target) => !target.includes("pageSizeNo=10&")).length

describe("what seams cost on a list that stands still", () => {
  it("is one request a day and six a run at most, and one for the whole run to look at windows at all", () =>
    withWorld(
      {},
      [...aroundBorder, 0],
      Effect.fnUntraced(function* (simulator, folder) {
        const { report } = yield* runDays(simulator, folder, days)
        expect(report.days.closed).toBe(days.length)
        const pages = pagesAsked(simulator)
        expect(pages).toBe(days.length)
        // One more tells of a larger total than that of the first day.
        expect(report.requests - pages - 1).toBeLessThanOrEqual(1 + days.length + 6)
        // The day after joins two days of which one is closed by now: one request, and three for its far end.
        const next = yield* runDays(simulator, folder, allDays.slice(4, 5))
        expect(next.report).toMatchObject({ outcome: "complete", days: { closed: 1 } })
        const nextPages = pagesAsked(simulator) - pages
        expect(nextPages).toBe(1)
        expect(next.report.requests - nextPages - 1).toBeLessThanOrEqual(1 + 1 + 3)
      }),
    ))

  it("is one request for a day between two that are closed", () =>
    withWorld(
      {},
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        yield* runDays(simulator, folder, [days[0]!])
        yield* runDays(simulator, folder, [days[2]!])
        const before = pagesAsked(simulator)
        const { report } = yield* runDays(simulator, folder, days)
        expect(report).toMatchObject({ days: { skipped: 2, closed: 1 } })
        expect(pagesAsked(simulator) - before).toBe(1)
        // One for windows at all, one for a larger total, and one for both borders.
        expect(report.requests - 1).toBe(3)
      }),
    ))
})

describe("days that cannot close yet", () => {
  it("are asked for rightly all the same, once no more rows can enter them", () =>
    withWorld(
      { toInclusive: false, boundUnit: "s" },
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        for (const day of allDays) {
          simulator.world.rows.add({ requestTimeMs: day.start + 30_000_000, outcome: "STUCK" })
        }
        const { report, ledger } = yield* runDays(simulator, folder, days)
        expect(report).toMatchObject({ outcome: "complete", days: { open: days.length } })
        expect(ledger.map((day) => day.state)).toEqual(days.map(() => "open"))
        expect(linesIn(folder)).toEqual(truth(simulator, days))
      }),
    ))
})

describe("a border at which a row is told twice however it is asked for", () => {
  it("keeps its days open, with a problem that names it, and closes the others", () =>
    withWorld(
      { boundUnit: "min" },
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        simulator.world.rows.add({ requestTimeMs: days[1]!.start, outcome: "COMPLETE" })
        const { report, ledger } = yield* runDays(simulator, folder, days)
        expect(report).toMatchObject({ outcome: "incomplete", days: { open: 2, closed: 1, failed: 0 } })
        expect(ledger.map((day) => day.state)).toEqual(["open", "open", "closed"])
        expect(report.problems.map(({ day, error }) => [day, error])).toEqual([
          [days[0]!.date, "SeamBroken"],
          [days[1]!.date, "SeamBroken"],
        ])
        expect(report.problems[0]!.message).toContain(
          "the gateway loses or repeats rows where the windows 2026-08-01T15:00:00.000Z to 2026-08-02T15:00:00.000Z and",
        )
      }),
    ))
})

describe("a gateway that ignores the window", () => {
  it("ends the run before anything is loaded, and says what to look at", () =>
    withWorld(
      { windowIgnored: true },
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        const { report, ledger } = yield* runDays(simulator, folder, days)
        expect(report).toMatchObject({
          outcome: "failed",
          requests: 2,
          problems: [{ day: null, error: "WindowIgnored" }],
        })
        expect(report.problems[0]!.message).toMatch(/ignores workStartTimeFrom and workStartTimeTo/)
        expect(ledger.filter((day) => day.rowCount !== null)).toEqual([])
      }),
    ))
})

describe("a gateway that changes its mind between two runs", () => {
  it("is noticed and reported, not believed; believed when a later run finds it again", () =>
    withWorld(
      {},
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        const first = yield* runDays(simulator, folder, days.slice(0, 1))
        expect(first.report.outcome).toBe("complete")
        expect(first.facts).toMatchObject({ window_order: "from-first", window_to_shift_ms: "0" })

        simulator.setOptions({ toInclusive: false })
        const second = yield* runDays(simulator, folder, days)
        expect(second.report).toMatchObject({ outcome: "incomplete", days: { failed: 2 } })
        expect(new Set(second.report.problems.map(({ error }) => error))).toEqual(new Set(["GatewayChanged"]))
        expect(second.report.problems[0]!.message).toMatch(/It was: .* It is: .*the end does not/)
        expect(second.facts).toMatchObject({ window_to_shift_ms: "0", suspected_window_to_shift_ms: "1" })
        expect(Object.keys(linesIn(folder))).toEqual([days[0]!.date])

        const third = yield* runDays(simulator, folder, days)
        expect(third.report).toMatchObject({ outcome: "complete", days: { closed: 2 } })
        expect(third.facts).toMatchObject({ window_to_shift_ms: "1" })
        expect(Object.keys(third.facts).filter((name) => name.startsWith("suspected"))).toEqual([])
        expect(linesIn(folder)).toEqual(truth(simulator, days))
      }),
    ))

  it("and back again is suspected anew when it does so a third time: a run that did not find it again has cleared it", () =>
    withWorld(
      {},
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        const suspicions = ({ facts }: { readonly facts: Readonly<Record<string, string>> }) =>
          Object.keys(facts).filter((name) => name.startsWith("suspected"))
        yield* runDays(simulator, folder, days.slice(0, 1))
        simulator.setOptions({ toInclusive: false })
        const second = yield* runDays(simulator, folder, days)
        expect(suspicions(second)).not.toEqual([])

        simulator.setOptions({ toInclusive: true })
        const third = yield* runDays(simulator, folder, days)
        expect(third.report).toMatchObject({ outcome: "complete", days: { closed: 2 } })
        expect(suspicions(third)).toEqual([])

        simulator.setOptions({ toInclusive: false })
        const fourth = yield* runDays(simulator, folder, allDays.slice(0, 1))
        expect(fourth.report).toMatchObject({
          outcome: "incomplete",
          problems: [{ day: allDays[0]!.date, error: "GatewayChanged" }],
        })
      }),
    ))

  it("is suspected until the next run even where other days of the same run join as before", () =>
    withWorld(
      {},
      [],
      Effect.fnUntraced(function* (simulator, folder) {
        yield* runDays(simulator, folder, allDays.slice(0, 1))
        // One border alone shows the change.
        simulator.world.rows.add({ requestTimeMs: allDays[3]!.end - 1, outcome: "COMPLETE" })
        simulator.setOptions({ toInclusive: false, pageCap: 50 })
        const second = yield* runDays(simulator, folder, allDays)
        expect(second.report).toMatchObject({ days: { skipped: 1, closed: 2, failed: 2 } })
        const third = yield* runDays(simulator, folder, allDays)
        expect(third.report).toMatchObject({ outcome: "complete", days: { skipped: 3, closed: 2 } })
      }),
    ))

  it("is noticed where it begins to swap From and To, though every window is then empty", () =>
    withWorld(
      {},
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        yield* runDays(simulator, folder, days.slice(0, 1))
        simulator.setOptions({ swapped: true })
        const second = yield* runDays(simulator, folder, days.slice(1, 2))
        expect(second.report).toMatchObject({
          outcome: "incomplete",
          problems: [{ day: days[1]!.date, error: "GatewayChanged" }],
        })
        const third = yield* runDays(simulator, folder, days.slice(1, 2))
        expect(third.report.outcome).toBe("complete")
        expect(linesIn(folder)).toEqual(truth(simulator, days.slice(0, 2)))
      }),
    ))
})

describe("a day whose rows were not listed when it was asked for, and are when its borders are", () => {
  it("stays open, and is right once it is read again", () =>
    withWorld(
      {},
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        yield* runDays(simulator, folder, days.slice(0, 1))
        const [, day] = days
        const { rows } = simulator.world
        const times = rows.within(day!.start, day!.end).map((row) => row.requestTimeMs)
        const isPage = (target: string) => !target.includes("pageSizeNo=10&")
        simulator.setOptions({
          onRequest: ({ target }) => {
            const listed = rows.within(day!.start, day!.end)
            if (isPage(target)) listed.forEach((row) => rows.remove(row))
            else if (listed.length === 0)
              times.forEach((time) => rows.add({ requestTimeMs: time, outcome: "COMPLETE" }))
          },
        })
        const second = yield* runDays(simulator, folder, [day!])
        expect(second.report).toMatchObject({ rows: { read: 0 }, days: { open: 1, closed: 0 } })
        simulator.setOptions({ onRequest: null })
        const third = yield* runDays(simulator, folder, [day!])
        expect(third.report).toMatchObject({ outcome: "complete", days: { closed: 1 } })
        expect(linesIn(folder)).toEqual(truth(simulator, days.slice(0, 2)))
      }),
    ))
})

describe("days without rows", () => {
  it("do not close while it is not known in which order the gateway wants From and To", () =>
    withWorld(
      { swapped: true },
      aroundBorder,
      Effect.fnUntraced(function* (simulator, folder) {
        const empty = workDays("2026-07-10", "2026-07-12", seoul)
        const nothing = yield* runDays(simulator, folder, empty)
        expect(nothing.ledger.map((day) => day.state)).toEqual(["open", "open"])
        yield* runDays(simulator, folder, days)
        const later = yield* runDays(simulator, folder, empty)
        expect(later.report).toMatchObject({ outcome: "complete", days: { closed: 2 } })
      }),
    ))
})

describe("what was found out about the gateway", () => {
  it("is kept with the archive: the page that it serves, and what it answers past the end", () =>
    withWorld(
      { pageCap: 10, pastTheEnd: "repeatLast" },
      Array.from({ length: 19 }, (_, index) => index * 1_000_000),
      Effect.fnUntraced(function* (simulator, folder) {
        const { facts } = yield* runDays(simulator, folder, days)
        expect(facts).toMatchObject({ page_size_served: "10", past_the_end: "repeated" })
      }),
    ))
})
