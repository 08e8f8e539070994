/**
 * One work day and a part of its rows in the order of their key, as `serve` shows it. Days are `YYYY-MM-DD`, instants epoch
 * ms, sizes bytes; a bigint is text, since a category's id may be beyond 2^53.
 */
import type { PageOrigin } from "./PageOrigin.ts"
import type { ReportDay } from "./ReportData.ts"
import type { DayFilter, EncodingKey } from "./pageAddress.ts"

export interface DayData extends PageOrigin {
  readonly day: string
  /** Null: the archive knows nothing of this day. */
  readonly figures: ReportDay | null
  /** The nearest days that the archive knows, for the way on. */
  readonly previousDay: string | null
  readonly nextDay: string | null
  readonly filter: DayFilter
  /** What can be chosen: the values that rows of this day have, those of most rows first. */
  readonly statuses: ReadonlyArray<Choice>
  readonly formats: ReadonlyArray<Choice>
  /** Those of most rows, at most 200. */
  readonly categories: ReadonlyArray<Choice & { readonly name: string | null }>
  /** How many rows pass the filter. */
  readonly total: number
  /** The key after which these rows begin; null: they are the first. */
  readonly after: EncodingKey | null
  readonly rows: ReadonlyArray<EncodingRow>
  /** The key after which the next rows begin; null: there are no more. */
  readonly next: EncodingKey | null
  /** Rows of the latest reading that could not be understood: at most 200 of them. */
  readonly rejects: ReadonlyArray<RejectedRow>
}

export interface Choice {
  readonly value: string
  readonly rows: number
}

export interface EncodingRow extends EncodingKey, EncodingState {
  readonly requestedFrom: number
  readonly requestedBefore: number
  /** Since when the API lists it no more; null: it does. */
  readonly missingSince: number | null
  /** How many earlier states the archive holds of it. */
  readonly earlierStates: number
}

export interface EncodingState {
  readonly categoryName: string | null
  /** Upper case; null: the API told none. */
  readonly status: string | null
  readonly percent: number | null
  readonly bytes: number | null
  readonly lastWorkAt: number | null
  readonly link: string | null
  readonly anomalies: ReadonlyArray<string>
}

export interface RejectedRow {
  readonly reason: string
  readonly count: number
  /** As the API gave it, cut after 2,000 characters. */
  readonly payload: string
}
