/**
 * When to ask again: exponential backoff with full jitter, so that callers who failed together do not come back together;
 * bounded in attempts and in time. What the gateway asks for in `Retry-After` is honoured on top and does not count
 * against the time. Pure; the dice are an argument.
 */
import { parseHttpDate } from "./GatewayClock.ts"

export interface RetryLimits {
  /** Attempts of one call, the first included. */
  readonly attempts: number
  /** The backoff after the first attempt is up to this, and doubles with each. Ms. */
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  /** How long one call may spend on failed attempts and backoff before it gives up, ms. Waiting for a permit does not count. */
  readonly totalMs: number
  /** A longer `Retry-After` than this is cut to it, ms. */
  readonly maxRetryAfterMs: number
}

export const defaultRetryLimits: RetryLimits = {
  attempts: 8,
  baseDelayMs: 200,
  maxDelayMs: 20_000,
  totalMs: 120_000,
  maxRetryAfterMs: 300_000,
}

export interface FailedAttempt {
  /** How many attempts there were, from 1. */
  readonly attempt: number
  /** Ms spent on failed attempts and backoff so far. */
  readonly spentMs: number
  /** What the gateway asked for, ms. */
  readonly retryAfterMs: number | null
  /** A number in [0, 1). */
  readonly random: number
}

/** The wait before the next attempt, ms, of which `backoffMs` was our own idea; undefined to give up. */
export const retryDelay = (
  failed: FailedAttempt,
  limits: RetryLimits,
): { readonly delayMs: number; readonly backoffMs: number } | undefined => {
  if (failed.attempt >= limits.attempts) return undefined
  const ceiling = Math.min(limits.maxDelayMs, limits.baseDelayMs * 2 ** (failed.attempt - 1))
  const backoffMs = Math.floor(failed.random * ceiling)
  if (failed.spentMs + backoffMs > limits.totalMs) return undefined
  const asked = Math.min(failed.retryAfterMs ?? 0, limits.maxRetryAfterMs)
  return { delayMs: asked + backoffMs, backoffMs }
}

/**
 * The wait that a `Retry-After` header asks for, ms: it tells seconds or an HTTP date. Null if it is absent, not understood
 * or past.
 *
 * @param now epoch ms by the clock of whoever wrote the header
 */
export const parseRetryAfter = (header: string | undefined, now: number): number | null => {
  const text = header?.trim() ?? ""
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const time = parseHttpDate(text)
  return time === undefined || time <= now ? null : time - now
}
