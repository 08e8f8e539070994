/**
 * Arbitrary worlds of hundreds of rows behind gateways with any mixture of oddities, for property tests of the whole reader. They
 * shrink to few rows, no moves and the documented gateway, one oddity after the other.
 */
import * as fc from "fast-check"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import { faultKinds } from "@vodstation-etl/simulator/FaultKind"

/** What happens to a row right before the gateway answers a request. */
export interface LargeMove {
  /** The request, counted from 1. */
  readonly request: number
  readonly kind: "leaves" | "gains its path" | "ends" | "changes its link"
  /** Which row of those that it can happen to: counted from the first, and around. */
  readonly row: number
}

export interface LargeWorld {
  readonly seed: number
  readonly rows: number
  readonly world: Partial<SimulatorOptions>
  readonly gateway: Partial<SimulatorOptions>
  readonly windows: Partial<SimulatorOptions>
  /** So many full pages are the most that the gateway ever says that there are; undefined for the truth. */
  readonly saturatedPages: number | undefined
  /** How far the gateway's clock is ahead of ours, ms. */
  readonly skew: number
  readonly moves: ReadonlyArray<LargeMove>
  readonly pageSize: number
  readonly concurrency: number
  /** Cells of so many ms; undefined for the whole day. */
  readonly resolution: number | undefined
}

/** Mostly not there, and not there once it is shrunk. */
const perhaps = <A>(arbitrary: fc.Arbitrary<A>, weight = 8): fc.Arbitrary<A | undefined> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 20, arbitrary: fc.constant(undefined) },
    { weight, arbitrary },
  )

/** Options that are left out where they are undefined. */
const options = (
  parts: Readonly<Record<string, fc.Arbitrary<Partial<SimulatorOptions> | undefined>>>,
): fc.Arbitrary<Partial<SimulatorOptions>> =>
  fc
    .record(parts)
    .map((chosen) =>
      Object.values(chosen).reduce<Partial<SimulatorOptions>>((all, part) => ({ ...all, ...part }), {}),
    )

const share = (most: number) => fc.integer({ min: 1, max: 20 }).map((part) => (part * most) / 20)

const worldOptions = options({
  twins: perhaps(share(0.2).map((twinShare) => ({ twinShare }))),
  stuck: perhaps(share(0.2).map((stuckShare) => ({ stuckShare }))),
  canceled: perhaps(share(0.2).map((canceledShare) => ({ canceledShare }))),
  bulk: perhaps(
    fc
      .record({
        day: fc.constant(1),
        rows: fc.integer({ min: 1, max: 150 }),
        atMs: fc.integer({ min: 0, max: 86_399_999 }),
        blank: fc.constantFrom("waiting" as const, "always" as const),
      })
      .map((bulk) => ({ bulkUploads: [bulk] })),
  ),
})

/** Faults that pass, and do not take a timeout to notice. */
const passingFaults = faultKinds.filter(
  (kind) => !["quota", "unauthorized", "stall", "stallInBody", "slow"].includes(kind),
)

const gatewayOptions = options({
  drift: perhaps(share(0.2).map((drift) => ({ drift }))),
  order: perhaps(
    fc
      .constantFrom("requestTimeAsc" as const, "lastWorkTimeDesc" as const, "reshuffled" as const)
      .map((order) => ({ order })),
  ),
  cap: perhaps(
    fc.record({
      pageCap: fc.integer({ min: 10, max: 200 }),
      abovePageCap: fc.constantFrom("clamp" as const, "refuse" as const),
    }),
  ),
  past: perhaps(
    fc
      .constantFrom("repeatLast" as const, "error" as const, "uncounted" as const)
      .map((pastTheEnd) => ({ pastTheEnd })),
  ),
  generation: perhaps(
    fc.record({
      generation: fc.constantFrom("old" as const, "mixed" as const),
      mixing: fc.constantFrom("row" as const, "field" as const),
    }),
  ),
  loose: perhaps(share(0.1).map((looseness) => ({ looseness }))),
  faults: perhaps(
    fc
      .record({ faults: share(0.3), kind: fc.constantFrom(...passingFaults) })
      .map(({ faults, kind }) => ({ faults, faultKinds: { [kind]: 1 } })),
  ),
  throttling: perhaps(fc.integer({ min: 1, max: 4 }).map((concurrentRequests) => ({ concurrentRequests }))),
  totals: perhaps(fc.constant({ totalAs: "string" as const })),
  serviceErrors: perhaps(
    fc.constantFrom(200, 404, 500).map((serviceErrorStatus) => ({ serviceErrorStatus })),
  ),
  below: perhaps(
    fc.constantFrom("refuse" as const, "serve" as const).map((belowMinimum) => ({ belowMinimum })),
  ),
  cut: perhaps(
    fc.integer({ min: 10, max: 300 }).map((mostRows) => ({ mostRows })),
    2,
  ),
  saturation: perhaps(
    fc.integer({ min: 1, max: 300 }).map((totalSaturatesAt) => ({ totalSaturatesAt })),
    2,
  ),
})

/**
 * Kinds of windows: whether their ends belong to them, how finely times are compared, which parameter carries the start, and
 * what one that ends before it starts holds. All of them are open: the reader finds out which it is.
 */
const windowOptions = options({
  from: perhaps(fc.constant({ fromInclusive: false })),
  to: perhaps(fc.constant({ toInclusive: false })),
  fineness: perhaps(
    fc.record({
      boundUnit: fc.constantFrom("s" as const, "min" as const),
      boundCut: fc.constantFrom("bounds" as const, "both" as const),
    }),
  ),
  order: perhaps(fc.constant({ swapped: true })),
  reversed: perhaps(
    fc
      .constantFrom("all" as const, "swap" as const, "error" as const)
      .map((reversedWindow) => ({ reversedWindow })),
  ),
})

const move: fc.Arbitrary<LargeMove> = fc.record({
  request: fc.integer({ min: 1, max: 60 }),
  kind: fc.constantFrom("leaves", "gains its path", "ends", "changes its link"),
  row: fc.nat(1_000),
})

export const largeWorld: fc.Arbitrary<LargeWorld> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  rows: fc.oneof({ withCrossShrink: true }, fc.nat(60), fc.nat(700)),
  world: worldOptions,
  gateway: gatewayOptions,
  windows: fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: windowOptions },
  ),
  saturatedPages: perhaps(fc.integer({ min: 1, max: 3 }), 2),
  skew: fc.oneof(
    { withCrossShrink: true },
    fc.constant(0),
    fc.integer({ min: -86_400_000, max: 86_400_000 }),
  ),
  moves: fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(move, { maxLength: 5 }) },
  ),
  pageSize: fc.integer({ min: 10, max: 300 }),
  concurrency: fc.integer({ min: 1, max: 6 }),
  resolution: fc.constantFrom(undefined, 86_400_000 / 4, 3_600_000),
})
