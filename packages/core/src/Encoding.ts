/**
 * One row of the API's list: one output of one input file, typed. The columns are those of the archive's table
 * `encoding` (docs/archive.md); times are epoch milliseconds, sizes bytes.
 *
 * The API gives no row id. A row's identity is (`categoryId`, `filePath`, `outputType`), and one identity can stand for
 * several rows of a day ("twins"), told apart in the archive by `occurrence` (API facts, 2.7).
 */
export interface Encoding {
  readonly categoryId: bigint
  readonly filePath: string
  readonly outputType: string
  readonly categoryName: string | null
  /** Upper case. Values beyond the five documented ones are kept as they came. */
  readonly status: string | null
  readonly link: string | null
  /** Progress, normally 0 to 100. */
  readonly percent: number | null
  /** Bytes. */
  readonly outputTotalSize: bigint | null
  /** Epoch ms. */
  readonly lastWorkTime: number | null
  /** Start of the cell of the grid that the row was read in: the request time lies in [requestedFrom, requestedBefore). */
  readonly requestedFrom: number
  readonly requestedBefore: number
  /** What could not be read of the row, a field and a reason each; mostly empty. */
  readonly anomalies: ReadonlyArray<string>
  /** The row's JSON text as it came, only where the columns do not say it all. */
  readonly raw: string | null
}

/** A row that has no identity and so cannot be an `Encoding`, kept verbatim. */
export interface Reject {
  /** Hexadecimal SHA-256 of the payload: its identity. */
  readonly fingerprint: string
  readonly reason: string
  /** The JSON text exactly as it came. */
  readonly payload: string
}

/** An `Encoding` as the archive holds it. */
export interface StoredEncoding extends Encoding {
  /** From 1; tells twins of one day and identity apart. */
  readonly occurrence: number
  /** When a strong reading first found that the API has forgotten this row. */
  readonly missingSince: number | null
  readonly firstSeenAt: number
  readonly changedAt: number
  /** The run that wrote this state. */
  readonly runId: string
}

/** A state that another one took the place of, or that was withdrawn. */
export interface SupersededEncoding extends StoredEncoding {
  readonly supersededAt: number
  readonly supersededByRun: string
}

const terminalStatuses: ReadonlySet<string | null> = new Set(["COMPLETE", "FAILURE", "CANCELED"])

/** Whether the row will not change any more. An unknown status is not terminal. */
export const isTerminal = (encoding: Pick<Encoding, "status">): boolean =>
  terminalStatuses.has(encoding.status)

/** The row's identity as one string, for sets and maps. */
export const identityOf = (encoding: Pick<Encoding, "categoryId" | "filePath" | "outputType">): string =>
  `${encoding.categoryId}\0${encoding.filePath}\0${encoding.outputType}`
