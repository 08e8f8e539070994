/** What merging a snapshot did, in rows. */
export interface MergeCounts {
  readonly inserted: number
  readonly changed: number
  /** Seen again in the same state. */
  readonly unchanged: number
  /** Newly marked as forgotten by the API. */
  readonly missing: number
  /** Not terminal and gone: moved to history. */
  readonly withdrawn: number
}

export const noMergeCounts: MergeCounts = { inserted: 0, changed: 0, unchanged: 0, missing: 0, withdrawn: 0 }

export const addMergeCounts = (a: MergeCounts, b: MergeCounts): MergeCounts => ({
  inserted: a.inserted + b.inserted,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  missing: a.missing + b.missing,
  withdrawn: a.withdrawn + b.withdrawn,
})
