/** What `check` finds to be off: which rule of the archive is broken, where, and what was seen. */

export type Rule =
  /** A file of a CSV archive cannot be read as the archive writes it. */
  | "unreadable"
  /** A day holds something and the ledger does not say that it was ever loaded. */
  | "unaccounted"
  /** Ledger and rows tell different numbers. */
  | "rowCount"
  | "openRows"
  | "rejectedRows"
  /** The API's total is not what was loaded of it. */
  | "total"
  /** Closed without a strong proof. */
  | "proof"
  /** The rows are not those of the reading that the ledger tells of. */
  | "contents"
  /** Two states of one row at one time. */
  | "overlap"
  /** A row changed and the state before it is not in the history. */
  | "unrecorded"
  /** A finished row went away; nothing takes it away but a hand. */
  | "lost"
  /** Marked as forgotten by the API without having ended. */
  | "notFinished"
  /** Times in an order in which nothing can have happened. */
  | "times"
  /** A percent, size or number that cannot be. */
  | "range"

export interface Finding {
  /** The work day. */
  readonly day: string
  readonly rule: Rule
  /** The row; null where it is about the whole day. */
  readonly key: FindingKey | null
  readonly message: string
}

export interface FindingKey {
  /** A bigint as text. */
  readonly categoryId: string
  readonly filePath: string
  readonly outputType: string
  readonly occurrence: number
}
