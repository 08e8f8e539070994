/** Figures of several runs, of which one alone would say little on a machine that does other things as well. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** @param values at least one */
export const spreadOf = (values: ReadonlyArray<number>): Spread => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
  return { min: sorted[0]!, median, max: sorted.at(-1)! }
}

/** Of each pair the first divided by the second. */
export const ratiosOf = (pairs: ReadonlyArray<readonly [number, number]>): Spread =>
  spreadOf(pairs.map(([a, b]) => a / b))

/** `1.43 (1.38 to 1.56)`: the median, and between which values it lies. */
export const spreadText = ({ min, median, max }: Spread, digits = 2): string =>
  `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`
