/**
 * Small, fast, seeded 32-bit hashes. Everything that looks random in a world comes from these, so that the same
 * seed gives the same world and no state has to be carried from row to row.
 */

const mixed = (value: number): number => {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A hash of three integers as an unsigned 32-bit integer. */
export const hashOf = (a: number, b: number, c = 0): number =>
  mixed(Math.imul(mixed(Math.imul(mixed(a + 0x9e3779b9), 31) + b), 37) + c + 0x7f4a7c15)

/** A hash of three integers as a number in [0, 1). */
export const shareOf = (a: number, b: number, c = 0): number => hashOf(a, b, c) / 4294967296

/** A generator of numbers in [0, 1): the same seed gives the same sequence (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
