/** What the end of an attempt tells of how much the gateway bears. */
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import type { AttemptOutcome } from "./AdaptiveLimit.ts"
import type { GatewayError } from "./GatewayError.ts"
import type { TimedAnswer } from "./Transport.ts"

/** @param took what the answer took, if one came */
export const attemptOutcome = (
  exit: Exit.Exit<unknown, GatewayError>,
  took: Pick<TimedAnswer, "wait" | "bytes"> | undefined,
): AttemptOutcome => {
  const error = Option.getOrUndefined(Exit.findErrorOption(exit))
  if (took === undefined) {
    const isTimeout = error?._tag === "NetworkFailed" && error.code === "TIMEOUT"
    return { _tag: isTimeout ? "Overload" : "Untold" }
  }
  if (Exit.isSuccess(exit)) return { _tag: "Answered", ...took }
  return { _tag: error?._tag === "Throttled" ? "Overload" : "LetThrough" }
}
