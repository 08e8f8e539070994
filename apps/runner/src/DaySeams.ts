/**
 * Whether the days of a run join their neighbours without a gap, and what is done where they do not. A border costs one
 * request where the totals of both its days are known, which the reading of the days tells; else a narrow window on both
 * sides of it is asked for, which costs three.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import type { PlannedDay } from "@vodstation-etl/core/Plan"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { addDays, timeZone, workDay } from "@vodstation-etl/core/WorkDay"
import { calibrate, coarserGrain, findBrokenSeam } from "@vodstation-etl/extract/calibrate"
import type { Seam, SeamVerdict } from "@vodstation-etl/extract/checkSeam"
import { checkSeam } from "@vodstation-etl/extract/checkSeam"
import { listLag } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import type { GatewayError } from "@vodstation-etl/extract/GatewayError"
import { PartsDisagree } from "@vodstation-etl/extract/PartsDisagree"
import { sliceOf } from "@vodstation-etl/extract/Slice"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import type { WindowFacts } from "@vodstation-etl/extract/WindowFacts"
import { sameWindows } from "@vodstation-etl/extract/WindowFacts"
import { Archive } from "@vodstation-etl/load/Archive"
import type { ArchiveError } from "@vodstation-etl/load/ArchiveError"
import type { GatewayChanged } from "./GatewayChanged.ts"
import { adoptWindows } from "./gatewayFacts.ts"

/** How far a narrow window reaches to each side of a border, ms. */
const reach = 3_600_000
/** At least so much of it must be in the past, ms. */
const leastReach = 60_000
/** How often a run finds out anew how windows are understood, before it leaves it at that. */
const mostCalibrations = 3

/** How the two borders of a day came out: the worse of them, and the seam that showed it. */
export interface DayVerdict {
  readonly verdict: SeamVerdict
  readonly seam: Seam | undefined
}

export interface DaySeams {
  /** Whether both seams of a day held. */
  readonly haveHeld: () => boolean
  /** The day's total is known, by windows told so; undefined where it never will be. */
  readonly know: (day: WorkDay, total: number | undefined, asked?: WindowFacts) => Effect.Effect<void>
  /** Waits for the totals of neighbours that are about to be read as well. */
  readonly check: (day: WorkDay) => Effect.Effect<DayVerdict, GatewayError>
  /** Finds out how windows are understood after they did not join, unless another day has by now; whether the day is worth reading again. */
  readonly repair: (
    broken: Seam | PartsDisagree,
    askedBy: WindowFacts,
  ) => Effect.Effect<boolean, GatewayChanged | GatewayError | ArchiveError>
}

export const makeDaySeams = Effect.fnUntraced(function* (
  days: ReadonlyArray<PlannedDay>,
  ledger: ReadonlyArray<LedgerDay>,
  runId: string,
) {
  const archive = yield* Archive
  const gateway = yield* Gateway
  const list = yield* StatusList
  const zone = Option.getOrThrow(timeZone(archive.timeZone))
  const planned = new Map<string, Deferred.Deferred<number | undefined>>()
  for (const { day } of days) planned.set(day.date, yield* Deferred.make<number | undefined>())
  const totals = new Map<string, number | undefined>()
  const askedBy = new Map<string, WindowFacts>()
  /** The total of a day that was read in this run by windows as they are told now. */
  const readOf = (date: string) => {
    const asked = askedBy.get(date)
    return asked !== undefined && sameWindows(asked, list.windows()) ? totals.get(date) : undefined
  }
  const closed = new Map(
    ledger.flatMap((entry) =>
      entry.state === "closed" && entry.error === null ? [[entry.workDate, entry.apiTotal]] : [],
    ),
  )

  const totalOf = Effect.fnUntraced(function* (date: string) {
    const own = planned.get(date)
    if (own === undefined) return closed.get(date) ?? undefined
    yield* Deferred.await(own)
    return totals.get(date)
  })

  /** The border between two days, of which the first one's date is given. */
  const checkBorder = Effect.fnUntraced(function* (leftDate: string) {
    const left = workDay(leftDate, zone)
    const right = workDay(addDays(leftDate, 1), zone)
    const now = yield* gateway.now
    const [leftTotal, rightTotal] = [yield* totalOf(left.date), yield* totalOf(right.date)]
    if (leftTotal !== undefined && rightTotal !== undefined && right.end <= now) {
      const told = { left: readOf(left.date), right: readOf(right.date) }
      const seam = { left: sliceOf(left), right: sliceOf(right), expected: leftTotal + rightTotal, told }
      return { verdict: yield* checkSeam(list, seam), seam }
    }
    const before = Math.min(right.start + reach, now - listLag)
    const seam = {
      left: { from: Math.max(left.start, left.end - reach), before: left.end },
      right: { from: right.start, before },
    }
    if (before - right.start < leastReach) return { verdict: "moving" as const, seam }
    return { verdict: yield* checkSeam(list, seam), seam }
  })

  const borders = new Map<
    string,
    { readonly asked: WindowFacts; readonly checked: Effect.Effect<DayVerdict, GatewayError> }
  >()
  const border = Effect.fnUntraced(function* (leftDate: string) {
    const asked = list.windows()
    const known = borders.get(leftDate)
    if (known?.asked === asked) return yield* known.checked
    const checked = yield* Effect.cached(checkBorder(leftDate))
    borders.set(leftDate, { asked, checked })
    return yield* checked
  })

  /** Both borders at once, where both neighbours were closed before: one request. */
  const joinsClosedNeighbours = Effect.fnUntraced(function* (day: WorkDay) {
    const [left, right] = [addDays(day.date, -1), addDays(day.date, 1)]
    const [before, own, after] = [closed.get(left), totals.get(day.date), closed.get(right)]
    if (before == null || own === undefined || after == null) return false
    if (planned.has(left) || planned.has(right)) return false
    const all = { from: workDay(left, zone).start, before: workDay(right, zone).end }
    return (yield* list.total(all)) === before + own + after
  })

  let held = false
  const check: DaySeams["check"] = Effect.fn("DaySeams.check")(function* (day) {
    if (yield* joinsClosedNeighbours(day)) {
      held = true
      return { verdict: "holds", seam: undefined }
    }
    const left = yield* border(addDays(day.date, -1))
    if (left.verdict !== "holds") return left
    const right = yield* border(day.date)
    held ||= right.verdict === "holds"
    return right
  })

  const oneAtATime = yield* Semaphore.make(1)
  let calibrations = 0
  const repair: DaySeams["repair"] = (broken, askedBy) =>
    Effect.gen(function* () {
      if (list.windows() !== askedBy) return true
      if (calibrations++ === mostCalibrations) return false
      const isWithin = broken instanceof PartsDisagree
      const seam = isWithin ? yield* findBrokenSeam(list, broken) : broken
      const found = (yield* calibrate(list, seam)) ?? (isWithin ? coarserGrain(list.windows()) : undefined)
      if (found === undefined) return false
      yield* adoptWindows(found, runId)
      return true
    }).pipe(
      Effect.provideService(Archive, archive),
      Effect.provideService(StatusList, list),
      oneAtATime.withPermits(1),
    )

  return {
    haveHeld: () => held,
    know: (day, total, asked) =>
      Effect.suspend(() => {
        totals.set(day.date, total)
        if (asked !== undefined) askedBy.set(day.date, asked)
        const own = planned.get(day.date)
        return own === undefined ? Effect.void : Effect.asVoid(Deferred.succeed(own, total))
      }),
    check,
    repair,
  } satisfies DaySeams
})
