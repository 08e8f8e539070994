/** One encoding and every state that the archive knows of it, as `serve` shows it. Instants are epoch ms, sizes bytes. */
import type { EncodingRow, EncodingState } from "./DayData.ts"
import type { PageOrigin } from "./PageOrigin.ts"
import type { EncodingKey } from "./pageAddress.ts"

export const mostStates = 1_000

export interface EncodingData extends PageOrigin {
  readonly key: EncodingKey
  /** Its latest state; null: it was withdrawn, and only the history knows it. */
  readonly latest: EncodingRow | null
  /** Every state with the time in which the archive knew it, the oldest first; at most `mostStates`, the latest. */
  readonly timeline: ReadonlyArray<TimelineState>
  /** As the API gave the latest state, where the columns do not say it all, cut after 20,000 characters. */
  readonly raw: string | null
  /** Other rows of the same file on the same day: its other formats, and twins. At most 200. */
  readonly others: ReadonlyArray<EncodingRow>
}

export interface TimelineState extends EncodingState {
  readonly validFrom: number
  /** Null: it is the latest. */
  readonly validTo: number | null
  readonly runId: string
}
