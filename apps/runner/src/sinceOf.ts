/** The day that `--since` means: where an archive is still empty, the first one that it will hold. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { InvalidBound } from "@vodstation-etl/core/parseBound"
import { parseBound } from "@vodstation-etl/core/parseBound"
import { dateOf, timeZone } from "@vodstation-etl/core/WorkDay"
import { InvalidFlag } from "./InvalidFlag.ts"

/** @param now epoch ms */
export const sinceOf = Effect.fnUntraced(function* (
  since: string,
  zoneName: string,
  now: number,
): Effect.fn.Return<string, InvalidFlag | InvalidBound> {
  const zone = Option.getOrThrow(timeZone(zoneName))
  const date = yield* Effect.fromResult(parseBound("--since", since, zone, now))
  if (date > dateOf(now, zone)) {
    return yield* new InvalidFlag({
      flag: "--since",
      reason: `${date} lies in the future; give a day that has begun`,
    })
  }
  return date
})
