/**
 * Seams and calibration against a real gateway on loopback, of every kind that the documentation leaves open. The rows lie
 * where it hurts: on borders, 1 ms beside them, and within the seconds and minutes around them.
 */
import { Duration, Effect, Option } from "effect"
import { describe, expect, it } from "vitest"
import { timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import type { GatewayKind } from "@vodstation-etl/simulator/gatewayKinds.fixture"
import { aroundBorder, dayShift, gatewayKinds } from "@vodstation-etl/simulator/gatewayKinds.fixture"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { BehaviourOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import { calibrate } from "./calibrate.ts"
import { checkSeam } from "./checkSeam.ts"
import { Gateway } from "./Gateway.ts"
import { readerOf } from "./simulatedGateway.fixture.ts"
import { StatusList } from "./StatusList.ts"
import { describeWindows } from "./WindowFacts.ts"
import { sliceOf } from "./Slice.ts"

const days = workDays("2026-08-01", "2026-08-03", Option.getOrThrow(timeZone("Asia/Seoul")))
const [first, second] = days as [WorkDay, WorkDay]
const seam = { left: sliceOf(first), right: sliceOf(second) }

const onBorder = [...aroundBorder, 0]

const withGateway = <A, E>(
  behaviour: Partial<BehaviourOptions>,
  rowTimes: ReadonlyArray<number>,
  use: Effect.Effect<A, E, StatusList | Gateway>,
): Promise<A> =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({
      firstDay: first.date,
      days: days.length,
      rowsPerDay: 0,
      ...behaviour,
    })
    for (const time of rowTimes) {
      simulator.world.rows.add({ requestTimeMs: first.end + time, outcome: "COMPLETE" })
    }
    // Days have rows elsewhere as well.
    for (const day of days)
      simulator.world.rows.add({ requestTimeMs: day.start + 40_000_000, outcome: "COMPLETE" })
    return yield* use.pipe(Effect.provide(readerOf(simulator, { concurrency: 2, pageSize: 100 })))
  }).pipe(Effect.scoped, Effect.timeout(Duration.seconds(20)), Effect.runPromise)

const join = Effect.gen(function* () {
  const list = yield* StatusList
  const gateway = yield* Gateway
  const before = yield* checkSeam(list, seam)
  const asked = (yield* gateway.stats).requests
  const found = before === "broken" ? yield* calibrate(list, seam) : undefined
  const requests = (yield* gateway.stats).requests - asked
  if (found !== undefined) list.learnWindows(found)
  const after = yield* checkSeam(list, seam)
  return {
    before,
    after,
    windows: describeWindows(list.windows()),
    requests,
    totals: [yield* list.total(seam.left), yield* list.total(seam.right)],
  }
})

/** How many of the rows belong to the first day for this kind, as far as anybody can tell who does not see request times. */
const inFirstDay = (kind: GatewayKind, times: ReadonlyArray<number>): number =>
  times.filter((time) => time < dayShift(kind)).length

describe("64 kinds of gateway", () => {
  it.each(gatewayKinds)(
    "$boundUnit ($boundCut), from inclusive $fromInclusive, to inclusive $toInclusive, swapped $swapped, reversed $reversedWindow",
    async (kind) => {
      expect(gatewayKinds).toHaveLength(64)
      const read = await withGateway(kind, aroundBorder, join)
      expect(read.after).toBe("holds")
      expect(read.totals).toEqual([
        inFirstDay(kind, aroundBorder) + 1,
        aroundBorder.length - inFirstDay(kind, aroundBorder) + 1,
      ])
      expect(read.requests).toBeLessThanOrEqual(20)
    },
  )

  it.each(gatewayKinds.filter((kind) => kind.boundUnit === "ms"))(
    "with a row exactly at the border: from inclusive $fromInclusive, to inclusive $toInclusive, swapped $swapped, reversed $reversedWindow",
    async (kind) => {
      const read = await withGateway(kind, onBorder, join)
      expect(read.after).toBe("holds")
      expect(read.totals.reduce((a, b) => a + b, 0)).toBe(onBorder.length + 2)
    },
  )

  it("never holds where a row at the border is told twice or not at all, and no way of asking helps", async () => {
    const cut = { boundUnit: "min", boundCut: "bounds" } as const
    const twice = await withGateway(cut, onBorder, join)
    expect(twice.after).toBe("broken")
    const never = await withGateway({ ...cut, fromInclusive: false, toInclusive: false }, onBorder, join)
    expect(never.after).toBe("broken")
  })

  it("raises no false alarm: a gateway as documented is never calibrated, and its seam costs 3 requests", async () => {
    const read = await withGateway(
      {},
      onBorder,
      Effect.gen(function* () {
        const verdict = yield* checkSeam(yield* StatusList, seam)
        return [verdict, (yield* (yield* Gateway).stats).requests]
      }),
    )
    expect(read).toEqual(["holds", 3])
  })

  it("costs 1 request where the two totals are known", async () => {
    const read = await withGateway(
      {},
      onBorder,
      Effect.gen(function* () {
        const verdict = yield* checkSeam(yield* StatusList, {
          ...seam,
          expected: onBorder.length + 2,
        })
        return [verdict, (yield* (yield* Gateway).stats).requests]
      }),
    )
    expect(read).toEqual(["holds", 1])
  })
})

describe("a window that is ignored", () => {
  it("is noticed by its seam, and by asking for a time of which there are no rows; no way of asking helps", async () => {
    const read = await withGateway(
      { windowIgnored: true },
      aroundBorder,
      Effect.gen(function* () {
        const list = yield* StatusList
        return {
          seam: yield* checkSeam(list, seam),
          areWindows: yield* list.areWindows(list.windows()),
          found: yield* calibrate(list, seam),
        }
      }),
    )
    expect(read).toEqual({ seam: "broken", areWindows: false, found: undefined })
  })
})

describe("rows that a day's reading did not show", () => {
  it("leave its seam open, though the windows join", async () => {
    const told = { left: 3, right: aroundBorder.length }
    const list = Effect.flatMap(StatusList, (found) => checkSeam(found, { ...seam, told }))
    expect(await withGateway({}, aroundBorder, list)).toBe("moving")
    const fewer = { left: 100, right: 100 }
    const gone = Effect.flatMap(StatusList, (found) => checkSeam(found, { ...seam, told: fewer }))
    expect(await withGateway({}, aroundBorder, gone)).toBe("holds")
  })
})

describe("rows that have gone", () => {
  it("do not join: a seam of nothing is broken where something was known", async () => {
    const list = Effect.flatMap(StatusList, (found) => checkSeam(found, { ...seam, expected: 12 }))
    expect(await withGateway({ retentionDays: 0 }, aroundBorder, list)).toBe("broken")
    const none = Effect.flatMap(StatusList, (found) => checkSeam(found, seam))
    expect(await withGateway({ retentionDays: 0 }, aroundBorder, none)).toBe("holds")
  })
})
