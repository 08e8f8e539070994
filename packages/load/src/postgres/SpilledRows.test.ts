import { identityOf, type Encoding } from "@vodstation-etl/core/Encoding"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { newDayLine, stagedLine } from "./copyLines.ts"
import { encodingOf } from "./reading.fixture.ts"
import { SpilledRows } from "./SpilledRows.ts"
import { TwinSieve } from "./TwinSieve.ts"

const workDate = "2021-09-12"
const reading = { readAt: 1_700_000_000_123, runId: "00000000-0000-4000-8000-000000000001" }

/** Some 2 MB, so that most pieces that are read end within a line, and here and there within a character. */
const manyRows: ReadonlyArray<Encoding> = Array.from({ length: 8_000 }, (_, index) =>
  encodingOf(index, { categoryName: "드라마 😀 \t\\\n".repeat(index % 9), link: "가".repeat(index % 50) }),
)

const linesOf = (chunks: AsyncIterable<Buffer>) =>
  Effect.promise(async () => {
    const all: Array<Buffer> = []
    for await (const chunk of chunks) all.push(chunk)
    return Buffer.concat(all)
      .toString()
      .split(/(?<=\n)/)
  })

const spilled = (...parts: ReadonlyArray<ReadonlyArray<Encoding>>) =>
  Effect.gen(function* () {
    const rows = yield* SpilledRows.open
    for (const part of parts) yield* rows.append(part)
    return rows
  })

describe("rows in a file", () => {
  it.effect("come as the lines that they would be from memory", () =>
    Effect.gen(function* () {
      const rows = yield* spilled(manyRows.slice(0, 5_000), manyRows.slice(5_000))
      expect(yield* linesOf(rows.stagedLines())).toEqual(manyRows.map(stagedLine()))
      expect(rows.mayHoldTwins).toBe(false)
      const line = newDayLine(workDate, reading)
      expect(yield* linesOf(rows.newDayLines(workDate, reading))).toEqual(manyRows.map((row) => line(row, 1)))
    }),
  )

  it.effect("come apart where there may be others of their identity", () =>
    Effect.gen(function* () {
      const awkward = encodingOf(1, { filePath: "a\tb\\c\n드", outputType: "" })
      const twins = [
        encodingOf(7, { percent: 1 }),
        encodingOf(7_999, { status: "WAITING" }),
        awkward,
        awkward,
      ]
      const rows = yield* spilled(manyRows, twins.slice(0, 3), twins.slice(3))
      expect(rows.mayHoldTwins).toBe(true)
      const identities = new Set(twins.map(identityOf))
      const isTwin = (row: Encoding) => identities.has(identityOf(row))
      expect(yield* linesOf(rows.twinLines())).toEqual(
        [...manyRows.filter(isTwin), ...twins].map(stagedLine()),
      )
      const line = newDayLine(workDate, reading)
      expect(yield* linesOf(rows.newDayLines(workDate, reading))).toEqual(
        manyRows.filter((row) => !isTwin(row)).map((row) => line(row, 1)),
      )
    }),
  )
})

describe("the sieve of twins", () => {
  it("finds every twin among 300,000 rows, and next to nothing else", () => {
    const sieve = new TwinSieve()
    const rowOf = (index: number) =>
      encodingOf(index, { categoryId: BigInt(index % 40), outputType: `HD_${index % 3}` })
    let mistaken = 0
    for (let index = 0; index < 300_000; index++) if (sieve.add(rowOf(index))) mistaken++
    expect(mistaken).toBeLessThan(30)
    let found = 0
    for (let index = 0; index < 300_000; index += 3) if (sieve.add(rowOf(index))) found++
    expect(found).toBe(100_000)
  })
})
