/**
 * Spreads moments over a day by hourly weights.
 */

/**
 * A function from a share in [0, 1) to a share of the day in [0, 1), rising, so that as much of the day's work comes
 * before it as the weights say.
 */
export const dailyRhythm = (weights: ReadonlyArray<number>): ((share: number) => number) => {
  const ends: Array<number> = []
  let sum = 0
  for (const weight of weights) ends.push((sum += weight))
  return (share) => {
    const target = share * sum
    let slot = 0
    while (slot < ends.length - 1 && ends[slot]! <= target) slot++
    const start = slot === 0 ? 0 : ends[slot - 1]!
    return Math.min((slot + (target - start) / weights[slot]!) / weights.length, 1 - Number.EPSILON)
  }
}
