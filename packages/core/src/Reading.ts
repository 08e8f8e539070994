/**
 * What is known of one reading of one work day once all of its slices are proven, and what the archive's ledger keeps of
 * it. Pure facts; how a slice is proven is decided in `extract`.
 */
export type Proof =
  /** One answer held all rows: one answer is one moment, so nothing can have shifted. */
  | "single-page"
  /** The total stayed T over all pages, and T rows came, no two alike. */
  | "pigeonhole"
  /**
   * The total stood still and as many rows came, but some are alike. Weak: never closes a day. Only those that are different
   * ones for certain are loaded where the list never showed the same twice: then they are fewer than the total.
   */
  | "count"

export interface Reading extends DayReading {
  /** Whether the seam at each of the day's two ends held: no row at its borders is lost or told twice. */
  readonly seamsHold: boolean
}

/** A reading as far as the day alone tells. */
export interface DayReading {
  /** `YYYY-MM-DD`. */
  readonly workDate: string
  /** The moment of the reading's first request, or an earlier one up to which the day was read; epoch ms by the gateway's clock. */
  readonly readAt: number
  /** The weakest proof of its slices. */
  readonly proof: Proof
  /**
   * Every slice is `single-page`, or, once the day has settled, `pigeonhole` with all rows terminal: only then may a row be
   * called gone. Before that a row can leave and another enter while pages are asked for, and the total shows neither.
   */
  readonly strong: boolean
  /** Whether the reading began after the day's end plus the settling time. */
  readonly settled: boolean
  /** Sum of the totals of its slices: as many rows and rejects, but with proof `count`, where it may be more. */
  readonly apiTotal: number
  readonly rowCount: number
  /** Rows that are not terminal yet. */
  readonly openRows: number
  readonly rejectedRows: number
  readonly requests: number
  readonly pages: number
  /** Digest of the snapshot: the same for the same rows and rejects in any order. */
  readonly digest: string
}

export type DayState = "open" | "closed" | "failed"

/** A day of the ledger. Of a day that was never loaded only `workDate`, `state` (`failed`), `runId` and `error` are told. */
export interface LedgerDay {
  readonly workDate: string
  readonly state: DayState
  readonly proof: Proof | null
  readonly apiTotal: number | null
  readonly rowCount: number | null
  readonly openRows: number | null
  readonly rejectedRows: number | null
  readonly requests: number | null
  readonly pages: number | null
  readonly readAt: number | null
  readonly runId: string
  readonly digest: string | null
  /** Why the last attempt failed, or (`DayShrunk: …`) why its reading was not believed; NULL once a good one was loaded. */
  readonly error: string | null
}

/**
 * Closed: settled, strongly proven, joined to its neighbours without a gap, and nothing still moving, so that the day need
 * not be read again. A day of which no
 * row was ever seen stays open until the archive holds rows at all: before that, an empty answer may as well come from a
 * window that the gateway understands otherwise (API facts, C1).
 */
export const dayState = (reading: Reading, archiveHoldsRows: boolean): "open" | "closed" =>
  reading.settled &&
  reading.strong &&
  reading.proof !== "count" &&
  reading.openRows === 0 &&
  reading.seamsHold &&
  (reading.apiTotal > 0 || archiveHoldsRows)
    ? "closed"
    : "open"
