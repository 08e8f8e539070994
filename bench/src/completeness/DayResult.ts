/** What became of one day in the hands of one reader, and what is wrong with it. */
export interface DayResult {
  /**
   * `complete`: the reader says that it has the day. `open`: it has read the day and says that it must be read again.
   * `failed`: it gave up, and says so.
   */
  readonly verdict: "complete" | "open" | "failed"
  /** The names of the encodings that it has; of a failed day none. */
  readonly encodings: ReadonlyArray<string>
}

export interface Losses {
  readonly lost: number
  readonly doubled: number
}

/** How the rows that a reader has differ from those that there are. */
export const lossesOf = (has: ReadonlyArray<string>, there: ReadonlyArray<string>): Losses => {
  const distinct = new Set(has)
  return {
    lost: there.filter((name) => !distinct.has(name)).length,
    doubled: has.length - distinct.size,
  }
}
