/** The work days that `--from` and `--to` mean. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { InvalidBound } from "@vodstation-etl/core/parseBound"
import { parseBound } from "@vodstation-etl/core/parseBound"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { dateOf, timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import { InvalidFlag } from "./InvalidFlag.ts"

/** The zone that bounds are read in before the archive, which has the last word, is opened. */
export const usualZone = "Asia/Seoul"

/** The work days of [from, to), in order. Days that have not begun are left out: there is nothing to ask yet. */
export const rangeOf = Effect.fnUntraced(function* (
  flags: { readonly from: string; readonly to: string },
  zoneName: string,
): Effect.fn.Return<ReadonlyArray<WorkDay>, InvalidFlag | InvalidBound> {
  const zone = Option.getOrThrow(timeZone(zoneName))
  const now = yield* Clock.currentTimeMillis
  const from = yield* Effect.fromResult(parseBound("--from", flags.from, zone, now))
  const to = yield* Effect.fromResult(parseBound("--to", flags.to, zone, now))
  if (from > dateOf(now, zone)) return yield* inTheFuture(from)
  if (from >= to) {
    return yield* new InvalidFlag({
      flag: "--from",
      reason: `${from} is not before --to ${to}: the range holds no day (--to is the day after the last one)`,
    })
  }
  const days = workDays(from, to, zone).filter((day) => day.start < now)
  return days.length === 0 ? yield* inTheFuture(from) : days
})

const inTheFuture = (from: string) =>
  new InvalidFlag({ flag: "--from", reason: `${from} lies in the future; give a day that has begun` })
