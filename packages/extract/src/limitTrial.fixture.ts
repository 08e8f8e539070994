/**
 * Tries `AdaptiveLimit` and `Pace` on a gateway that exists on paper only: events in order of time, no clock, no network. So
 * that minutes of traffic are tried in milliseconds, and the same way each time.
 */
import { AdaptiveLimit } from "./AdaptiveLimit.ts"
import type { Wait } from "./LatencyTrend.ts"
import { Pace } from "./Pace.ts"

export interface PaperRequest {
  /** From 0, in the order of first attempts. */
  readonly page: number
  readonly startMs: number
  /** Under way, this one included. */
  readonly underWay: number
  /** A number in [0, 1), another one for each attempt. */
  readonly chance: number
}

export interface PaperAnswer {
  readonly ms: number
  readonly refused?: boolean
  /** The part of `ms` that we were idle; default all. */
  readonly idleMs?: number
  readonly bytes?: number
}

export interface Trial {
  readonly tookMs: number
  readonly refused: number
  /** The limit at each answer. */
  readonly limits: ReadonlyArray<number>
  readonly starts: ReadonlyArray<number>
  readonly mostAtOnce: number
}

/** Reads so many pages, each until it is answered. Refused ones come back after a backoff as ours is. */
export const tryLimit = (
  pages: number,
  ceiling: number,
  answer: (request: PaperRequest) => PaperAnswer,
  limit: Pick<AdaptiveLimit, "limit" | "spacingMs" | "started" | "ended"> = new AdaptiveLimit(ceiling),
): Trial => {
  const random = randomOf(7)
  const pace = new Pace()
  const waiting = Array.from({ length: pages }, (_, page) => ({ page, attempt: 1, fromMs: 0 }))
  const ends: Array<{ readonly atMs: number; readonly end: () => void }> = []
  const limits: Array<number> = []
  const starts: Array<number> = []
  let now = 0
  let underWay = 0
  let mostAtOnce = 0
  let refused = 0
  const done = new Set<number>()
  let turnAt: number | undefined
  while (done.size < pages) {
    const ready = waiting.findIndex(({ fromMs }) => fromMs <= now)
    if (ready >= 0 && underWay < limit.limit) {
      turnAt = limit.spacingMs > 0 ? now + pace.waitMs(now) : now
      if (turnAt <= now) {
        const [{ page, attempt }] = waiting.splice(ready, 1) as [(typeof waiting)[number]]
        pace.begins(now, limit.spacingMs)
        starts.push(now)
        mostAtOnce = Math.max(mostAtOnce, ++underWay)
        const running = limit.started(now)
        const told = answer({ page, startMs: now, underWay, chance: random() })
        const wait: Wait = { elapsedMs: told.ms, idleMs: told.idleMs ?? told.ms }
        const end = () => {
          underWay--
          if (told.refused === true) {
            refused++
            limit.ended(running, now, { _tag: "Overload" })
            waiting.push({
              page,
              attempt: attempt + 1,
              fromMs: now + random() * Math.min(20_000, 200 * 2 ** (attempt - 1)),
            })
          } else {
            done.add(page)
            limit.ended(running, now, { _tag: "Answered", wait, bytes: told.bytes ?? 400_000 })
          }
          limits.push(limit.limit)
        }
        ends.push({ atMs: now + told.ms, end })
        continue
      }
    }
    const next = Math.min(
      ...ends.map(({ atMs }) => atMs),
      ...(underWay < limit.limit ? waiting.map(({ fromMs }) => fromMs).filter((fromMs) => fromMs > now) : []),
      ...(ready >= 0 && underWay < limit.limit && turnAt !== undefined && turnAt > now ? [turnAt] : []),
    )
    now = Math.max(now, next)
    for (const due of ends.filter(({ atMs }) => atMs <= now)) {
      ends.splice(ends.indexOf(due), 1)
      due.end()
    }
  }
  return { tookMs: now, refused, limits, starts, mostAtOnce }
}

/** A fixed limit, to compare with. */
export const fixedLimit = (limit: number): AdaptiveLimit =>
  ({ limit, spacingMs: 0, started: () => ({}), ended: () => {} }) as unknown as AdaptiveLimit

const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/** Answers in `ms`, but refuses what more than `most` are under way of. */
export const refusingBeyond =
  (most: number, ms: number) =>
  (request: PaperRequest): PaperAnswer => ({
    ms,
    refused: request.underWay > most,
  })

/** Refuses what comes faster than `perSecond`, with bursts of one second's worth. */
export const refusingRate = (perSecond: number, ms: number) => {
  let tokens = perSecond
  let last = 0
  return ({ startMs }: PaperRequest): PaperAnswer => {
    tokens = Math.min(perSecond, tokens + ((startMs - last) / 1_000) * perSecond)
    last = startMs
    if (tokens < 1) return { ms, refused: true }
    tokens--
    return { ms }
  }
}

/** Works on so many at once, each for `ms`; the others queue. */
export const queueing = (workers: number, ms: (request: PaperRequest) => number) => {
  const freeAt = Array.from({ length: workers }, () => 0)
  return (request: PaperRequest): PaperAnswer => {
    const worker = freeAt.indexOf(Math.min(...freeAt))
    const begins = Math.max(request.startMs, freeAt[worker]!)
    const ends = begins + ms(request)
    freeAt[worker] = ends
    return { ms: ends - request.startMs }
  }
}
