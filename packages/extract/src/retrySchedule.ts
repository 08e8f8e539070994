/** When a call to the gateway is made again: `retryTiming.ts` as a schedule, with what one call remembers between attempts. */
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import type { KeyPair } from "./Credentials.ts"
import type { GatewayError } from "./GatewayError.ts"
import { isTransient } from "./GatewayError.ts"
import type { TimedAnswer } from "./Transport.ts"
import type { RetryLimits } from "./retryTiming.ts"
import { retryDelay } from "./retryTiming.ts"

/** One call, over all of its attempts. */
export interface Call {
  /** The earliest moment that it asks about, epoch ms. */
  readonly time: number
  attempts: number
  /** When the latest attempt was sent, epoch ms by the local clock. */
  sentAt?: number
  /** The keys that the latest attempt was signed with. */
  keys?: KeyPair
  /** What the latest attempt's answer took, once it came. */
  took?: Pick<TimedAnswer, "wait" | "bytes"> | undefined
  /** Ms spent on failed attempts and backoff. */
  spentMs: number
  clockCorrected: boolean
  keysRenewed: boolean
}

/** The schedule of one call. Steps only where the error is transient; each wait is logged with its reason, at debug. */
export const retrySchedule = (call: Call, limits: RetryLimits): Schedule.Schedule<number, GatewayError> =>
  Schedule.fromStep(
    Effect.succeed((now: number, error: GatewayError) =>
      isTransient(error) ? nextStep(call, limits, now, error) : Cause.done(call.attempts),
    ),
  )

/** An event of the call's span, so that a trace shows what a slow page waited for. */
const sayInSpan = (attempt: number, delayMs: number, error: string) =>
  Effect.flatMap(
    Effect.clockWith((clock) => clock.currentTimeNanos),
    (now) =>
      Effect.ignore(
        Effect.map(Effect.currentSpan, (span) => span.event("retry", now, { attempt, delayMs, error })),
      ),
  )

const nextStep = Effect.fnUntraced(function* (
  call: Call,
  limits: RetryLimits,
  now: number,
  error: GatewayError,
) {
  call.spentMs += Math.max(0, now - (call.sentAt ?? now))
  const random = yield* Random.next
  const retryAfterMs = "retryAfterMs" in error ? error.retryAfterMs : null
  const next = retryDelay({ attempt: call.attempts, spentMs: call.spentMs, retryAfterMs, random }, limits)
  if (next === undefined) return yield* Cause.done(call.attempts)
  call.spentMs += next.backoffMs
  yield* sayInSpan(call.attempts, next.delayMs, error._tag)
  yield* Effect.logDebug(
    `Attempt ${call.attempts} failed, the next one follows in ${next.delayMs} ms. ${error.message}`,
  )
  return [call.attempts, Duration.millis(next.delayMs)] as [number, Duration.Duration]
})
