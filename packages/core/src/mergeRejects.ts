/** Merging the rejects of a day: the rows that could not be understood, each kept verbatim, once, with its count. */
import type { Reject } from "./Encoding.ts"
import { compareUtf8 } from "./compareUtf8.ts"

/** A row of `rejected_record`. */
export interface StoredReject extends Reject {
  /** How many rows of the latest reading that showed it were this text. */
  readonly count: number
  readonly firstSeenAt: number
  /** The run that saw it first. */
  readonly runId: string
}

/**
 * The rejects that the archive holds of a day after a reading. A strong reading replaces them: what it no longer shows is
 * gone, or is understood by now and lies among the encodings. A weak one only adds. Sorted by fingerprint.
 */
export const mergeRejects = (
  stored: ReadonlyArray<StoredReject>,
  incoming: ReadonlyArray<Reject & { readonly count: number }>,
  reading: { readonly readAt: number; readonly runId: string; readonly strong: boolean },
): ReadonlyArray<StoredReject> => {
  const merged = new Map(stored.map((reject) => [reject.fingerprint, reject]))
  const before = new Map(merged)
  if (reading.strong) merged.clear()
  for (const reject of incoming) {
    const old = before.get(reject.fingerprint)
    merged.set(reject.fingerprint, {
      ...reject,
      firstSeenAt: old?.firstSeenAt ?? reading.readAt,
      runId: old?.runId ?? reading.runId,
    })
  }
  return [...merged.values()].toSorted((a, b) => compareUtf8(a.fingerprint, b.fingerprint))
}
