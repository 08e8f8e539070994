/**
 * Finds the identities that come more than once in a day, in memory that does not grow with the day: a Bloom filter. Every
 * twin is found. Now and then (2 in 10,000 rows of a million) it takes a row for a twin that is none, so whoever asks must
 * treat those it names right in any case.
 */
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { RowHash } from "@vodstation-etl/core/RowHash"

/** 4 MB. */
const bits = 2 ** 25

export class TwinSieve {
  private readonly hash = new RowHash()
  private readonly words = new Uint32Array(bits / 32)

  /** Whether a row of the same identity may have been put in before. */
  add(row: Encoding): boolean {
    const { hash, words } = this
    hash.begin()
    hash.integer(row.categoryId)
    hash.text(row.filePath)
    hash.text(row.outputType)
    hash.finish()
    let seen = true
    for (const part of hash.parts) {
      const at = (part % bits) >>> 5
      const bit = 1 << (part & 31)
      if ((words[at]! & bit) === 0) {
        seen = false
        words[at]! |= bit
      }
    }
    return seen
  }
}
