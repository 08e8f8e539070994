/** The range of work days that `--from` and `--to` mean where either may be left out. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { parseBound } from "@vodstation-etl/core/parseBound"
import { timeZone } from "@vodstation-etl/core/WorkDay"
import { InvalidFlag } from "./InvalidFlag.ts"

export interface BoundFlags {
  readonly from: string | undefined
  readonly to: string | undefined
}

/** First day, and the day after the last one; undefined where there is no bound. */
export const boundsOf = Effect.fnUntraced(function* (flags: BoundFlags, zoneName: string) {
  const zone = Option.getOrThrow(timeZone(zoneName))
  const now = yield* Clock.currentTimeMillis
  const bound = (flag: "--from" | "--to", text: string) =>
    Effect.fromResult(parseBound(flag, text, zone, now))
  const from = flags.from === undefined ? undefined : yield* bound("--from", flags.from)
  const before = flags.to === undefined ? undefined : yield* bound("--to", flags.to)
  if (from !== undefined && before !== undefined && from >= before) {
    return yield* new InvalidFlag({
      flag: "--from",
      reason: `${from} is not before --to ${before}: the range holds no day (--to is the day after the last one)`,
    })
  }
  return { from, before }
})
