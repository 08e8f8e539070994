/** How long a question to the archive may take, as `--timeout` says. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { InvalidFlag } from "./InvalidFlag.ts"
import { parseSettle } from "./parseSettle.ts"

/** Nobody waits longer. */
const mostSeconds = 7 * 24 * 3_600

/** In seconds. */
export const timeoutOf = (text: string): Effect.Effect<number, InvalidFlag> => {
  const time = parseSettle(text)
  const seconds = time._tag === "Success" ? Duration.toSeconds(time.success) : 0
  return seconds < 1 || seconds > mostSeconds
    ? Effect.fail(
        new InvalidFlag({
          flag: `--timeout ${text}`,
          reason: "not understood. Give a time like 30s, 10m or 2h, of 1 s to 7 days",
        }),
      )
    : Effect.succeed(seconds)
}
