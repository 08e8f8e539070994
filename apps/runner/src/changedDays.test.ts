/** Which closed days a night finds changed, and what it costs to ask. */
import { it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as fc from "fast-check"
import { describe, expect } from "vitest"
import type { ClosedDay } from "@vodstation-etl/core/planNightly"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import type { GatewayError } from "@vodstation-etl/extract/GatewayError"
import { BadRequest, GatewayBroken, QuotaSpent } from "@vodstation-etl/extract/GatewayError"
import type { Slice } from "@vodstation-etl/extract/Slice"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { usualWindow } from "@vodstation-etl/extract/WindowFacts"
import { changedDays } from "./changedDays.ts"

const dayMs = 86_400_000
/** Days by their numbers, each closed with so many rows. */
const closedDays = (
  numbers: ReadonlyArray<number>,
  rows: (number: number) => number,
): ReadonlyArray<ClosedDay> =>
  numbers.map((number) => ({
    day: { date: dateOf(number), start: number * dayMs, end: (number + 1) * dayMs },
    total: rows(number),
  }))
const dateOf = (number: number) => new Date(number * dayMs).toISOString().slice(0, 10)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

/** A list whose days hold so many rows; counts what it is asked. */
const listOf = (
  rows: (number: number) => number,
  refuse: (days: number) => GatewayError | undefined = () => undefined,
  saturation = Infinity,
) => {
  const asked: Array<Slice> = []
  const gateway = Layer.mock(Gateway, {
    statusPage: ({ from, to }) => {
      asked.push({ from, before: to + 1 })
      const days = (to + 1 - from) / dayMs
      const refusal = refuse(days)
      if (refusal !== undefined) return Effect.fail(refusal)
      const sum = upTo(days).reduce((sum, ahead) => sum + rows(from / dayMs + ahead), 0)
      const answer = {
        total: Math.min(saturation, sum),
        rowCount: 0,
        identities: undefined,
        parseRows: () => [],
        rowText: () => "",
      }
      return Effect.succeed({ answer, at: 0, attempts: 1 })
    },
  })
  // As for every archive that has closed days, the order of From and To is known.
  const known = Effect.tap(StatusList, (list) =>
    Effect.sync(() => list.learnWindows({ ...usualWindow, order: "from-first" })),
  )
  const layer = Layer.effect(StatusList, known).pipe(
    Layer.provide(StatusList.layer({ pageSize: 1000 })),
    Layer.provide(gateway),
  )
  return { asked, layer }
}

const answered = { status: 400, code: "260002", said: "no", traceId: null }
const ten = () => 10

describe("the closed days that have changed", () => {
  it.effect("cost one request where none has", () =>
    Effect.gen(function* () {
      const list = listOf(ten)
      expect(yield* changedDays(closedDays(upTo(30), ten)).pipe(Effect.provide(list.layer))).toEqual([])
      expect(list.asked).toEqual([{ from: 0, before: 30 * dayMs }])
    }),
  )

  it.effect("are asked for in runs without a gap, since what lies in between is no closed day", () =>
    Effect.gen(function* () {
      const list = listOf(ten)
      const days = closedDays([1, 2, 5, 6, 7, 9], ten)
      expect(yield* changedDays(days).pipe(Effect.provide(list.layer))).toEqual([])
      expect(list.asked.map(({ from, before }) => [from / dayMs, before / dayMs])).toEqual([
        [1, 3],
        [5, 8],
        [9, 10],
      ])
    }),
  )

  const anyNumbers = fc
    .uniqueArray(fc.nat({ max: 30 }), { minLength: 1 })
    .map((found) => found.toSorted((a, b) => a - b))
  // The same sign for all: what cancels out in a sum is not looked for.
  const anyChanges = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })

  it("are found, each of them and no other, for some two requests a halving", () =>
    fc.assert(
      fc.asyncProperty(anyNumbers, anyChanges, async (numbers, changes) => {
        const changed = new Map(
          changes.map((change, index) => [numbers[(index * 7) % numbers.length]!, change]),
        )
        const list = listOf((number) => 10 + (changed.get(number) ?? 0))
        const found = await Effect.runPromise(
          changedDays(closedDays(numbers, ten)).pipe(Effect.provide(list.layer)),
        )
        expect(found).toEqual([...changed.keys()].toSorted((a, b) => a - b).map(dateOf))
        const runs = numbers.filter((number) => !numbers.includes(number - 1)).length
        expect(list.asked.length).toBeLessThanOrEqual(runs + changed.size * 2 * Math.ceil(Math.log2(31)))
      }),
    ))

  it.effect("cost some ten requests where one of thirty has", () =>
    Effect.forEach(upTo(30), (changed) =>
      Effect.gen(function* () {
        const list = listOf((number) => (number === changed ? 9 : 10))
        const found = yield* changedDays(closedDays(upTo(30), ten)).pipe(Effect.provide(list.layer))
        expect(found).toEqual([dateOf(changed)])
        expect(list.asked.length).toBeLessThanOrEqual(11)
      }),
    ),
  )

  it.effect("are none where totals of long windows saturate", () =>
    Effect.gen(function* () {
      const list = listOf(ten, undefined, 25)
      expect(yield* changedDays(closedDays(upTo(30), ten)).pipe(Effect.provide(list.layer))).toEqual([])
    }),
  )

  it.effect("are found where the gateway refuses long windows", () =>
    Effect.gen(function* () {
      const list = listOf(
        (number) => (number === 13 ? 11 : 10),
        (days) => (days > 7 ? new BadRequest({ ...answered, target: "/api/v2/status" }) : undefined),
      )
      const found = yield* changedDays(closedDays(upTo(30), ten)).pipe(Effect.provide(list.layer))
      expect(found).toEqual([dateOf(13)])
    }),
  )

  it.effect("are left to the next night where the gateway has a fault, but for those that were found", () =>
    Effect.gen(function* () {
      const broken = new GatewayBroken({ ...answered, status: 500, retryAfterMs: null })
      const list = listOf(
        (number) => (number === 2 ? 11 : 10),
        (days) => (days === 4 ? broken : undefined),
      )
      const days = closedDays([2, 4, 5, 6, 7, 20], ten)
      expect(yield* changedDays(days).pipe(Effect.provide(list.layer))).toEqual([dateOf(2)])
      expect(list.asked).toHaveLength(2)
    }),
  )

  it.effect("are no longer asked for where the quota is spent: that ends the run", () =>
    Effect.gen(function* () {
      const list = listOf(ten, () => new QuotaSpent({ ...answered, status: 429, code: "400", at: 0 }))
      const error = yield* Effect.flip(changedDays(closedDays([1], ten)).pipe(Effect.provide(list.layer)))
      expect(error._tag).toBe("QuotaSpent")
    }),
  )
})
