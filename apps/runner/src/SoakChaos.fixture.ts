/** What befalls the nights of a soak, from one seed: when they come, how the gateway behaves, when the program is killed. */
import type { BehaviourOptions, SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"

/** Numbers in [0, 1), always the same for a seed. */
export type Chance = () => number

export const soakStart = "2026-01-10"
const dayMs = 86_400_000
export const startOfSoak = Date.parse(`${soakStart}T00:00:00+09:00`)

export const pick = <A>(chance: Chance, choices: ReadonlyArray<A>): A =>
  choices[Math.floor(chance() * choices.length)]!

const between = (chance: Chance, low: number, high: number): number =>
  Math.floor(low + chance() * (high - low + 1))

/** A business of some years: small days, a few of them with bulk uploads, in every shape that a row can have. */
export const soakWorld = (seed: number, watch: RequestWatch): Partial<SimulatorOptions> => ({
  onRequest: watch.onRequest,
  seed,
  firstDay: "2026-01-01",
  days: 1_000,
  rowsPerDay: (day) => 30 + ((day * 37 + seed) % 120),
  slowDay: 14,
  stuckShare: 0.0003,
  bulkUploads: Array.from({ length: 40 }, (_, index) => ({
    day: 12 + index * 25,
    atMs: 40_000_000,
    rows: 120,
  })),
  generation: "mixed",
  looseness: 0.01,
  slowMs: 200,
  now: startOfSoak,
})

/** How the gateway behaves for a night. */
export const anyBehaviour = (chance: Chance, requestsSoFar: number): Partial<BehaviourOptions> => ({
  drift: pick(chance, [0, 0, 0.005, 0.02]),
  faults: pick(chance, [0, 0, 0.02, 0.08]),
  order: pick(chance, ["requestTimeDesc", "requestTimeAsc", "lastWorkTimeDesc", "reshuffled"]),
  pageCap: pick(chance, [null, null, 50, 200]),
  requestsPerSecond: pick(chance, [null, null, 80]),
  concurrentRequests: pick(chance, [null, null, 3]),
  staleMs: pick(chance, [0, 0, 20 * 60_000]),
  staleShare: 0.3,
  latencyMs: pick(chance, [0, 0, 10]),
  quotaAfterRequests: chance() < 0.1 ? requestsSoFar + between(chance, 5, 60) : null,
})

/** The behaviour that a soak ends with. */
export const calm: Partial<BehaviourOptions> = {
  drift: 0,
  faults: 0,
  order: "requestTimeDesc",
  pageCap: null,
  requestsPerSecond: null,
  concurrentRequests: null,
  staleMs: 0,
  latencyMs: 0,
  quotaAfterRequests: null,
}

/** Days until the next night: mostly one, now and then some are left out, or another run comes the same day. */
export const nextNight = (chance: Chance, now: number): number => {
  const share = chance()
  if (share < 0.1) return now + 60_000
  const midnight = startOfSoak + Math.ceil((now + 1 - startOfSoak) / dayMs) * dayMs
  return midnight + (share < 0.3 ? between(chance, 1, 4) : 0) * dayMs + between(chance, 20, 23 * 60) * 60_000
}

/** When a run is killed: so long after its start, or, since that may well be before it has done anything, after requests. */
export interface KillMoment {
  readonly afterRequests: number
  readonly afterMs: number
}

/** How a night's run is started, and when it is killed, if it is. */
export const anyRun = (chance: Chance) => ({
  flags: [
    ["--page-size", pick(chance, ["20", "100", "1000"])],
    ["--concurrency", pick(chance, ["1", "4", "8"])],
  ].flat(),
  killAt: pick<KillMoment | undefined>(chance, [
    undefined,
    undefined,
    { afterRequests: between(chance, 1, 60), afterMs: between(chance, 0, 100) },
    { afterRequests: 0, afterMs: between(chance, 500, 2_500) },
  ]),
  /** How far this machine's clock is off the gateway's, ms. */
  skew: pick(chance, [0, 0, 0, -180_000, 7_200_000]),
})

/** Tells when the gateway has seen so many more requests. */
export class RequestWatch {
  private seen = 0
  private readonly waiting = new Map<() => void, number>()

  /** The gateway's hook. */
  readonly onRequest = (): void => {
    this.seen++
    for (const [tell, at] of this.waiting) if (this.seen >= at && this.waiting.delete(tell)) tell()
  }

  /** Calls `tell` once; the result takes it back. */
  after(requests: number, tell: () => void): () => void {
    if (requests === 0) tell()
    else this.waiting.set(tell, this.seen + requests)
    return () => void this.waiting.delete(tell)
  }
}
