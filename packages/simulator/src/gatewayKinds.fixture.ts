/** The 64 kinds of gateway that the documentation of windows leaves open (API facts 1.2, C1, C2), for tests of whoever reads from them. */

/** Row times, ms from every border. None lies exactly on it where a gateway could only tell it twice, or not at all. */
export const aroundBorder = [-90_000, -59_000, -1_500, -999, -1, 1, 400, 1_000, 59_999, 61_000]

/** Both ends in or out, times compared by ms, s or min, From and To swapped or not, reversed windows empty or answered with all. */
export const gatewayKinds = [true, false].flatMap((fromInclusive) =>
  [true, false].flatMap((toInclusive) =>
    (
      [
        { boundUnit: "ms", boundCut: "bounds" },
        { boundUnit: "s", boundCut: "bounds" },
        { boundUnit: "min", boundCut: "bounds" },
        { boundUnit: "min", boundCut: "both" },
      ] as const
    ).flatMap((fine) =>
      [false, true].flatMap((swapped) =>
        (["empty", "all"] as const).map((reversedWindow) => ({
          fromInclusive,
          toInclusive,
          ...fine,
          swapped,
          reversedWindow,
        })),
      ),
    ),
  ),
)

export type GatewayKind = (typeof gatewayKinds)[number]

/**
 * By how many ms the rows of a day lie later than the day, as far as anybody can tell who does not see request times:
 * (From, To] with times of t cannot be told from [From, To) with times of t - 1 ms, or t - 1 min where rows' times are cut as well.
 */
export const dayShift = (kind: GatewayKind): number => {
  if (kind.fromInclusive || !kind.toInclusive) return 0
  return kind.boundCut === "both" ? 60_000 : 1
}
