/**
 * What a report tells: sums over rows and never the rows, so that its size grows with the days and not with the archive.
 *
 * Days are `YYYY-MM-DD` and work days, months `YYYY-MM`, instants epoch ms. Sizes are bytes: of sums beyond 2^53 the last
 * digits are lost, which no reader of a chart misses.
 */
export interface ReportData {
  /** The program that made it, with its version. */
  readonly program: string
  /** Where the archive is: no secret in it. */
  readonly archive: string
  /** The time zone of the work day. */
  readonly timeZone: string
  readonly madeAt: number
  /** Every day from the first to the last one that the archive knows in the range that was asked for, gaps included. */
  readonly days: ReadonlyArray<ReportDay>
  readonly formats: ReadonlyArray<FormatFigures>
  /** Those of most failures, then of most encodings. */
  readonly categories: Part<CategoryFigures>
  /** Files that failed, those that failed most often first. */
  readonly failedFiles: Part<FailedFile>
  /** Encodings that should long have ended, the oldest first. */
  readonly stuck: Part<StuckFigures>
  /** Rows that could not be understood, and fields that could not be read, by the reason. */
  readonly rejects: Part<ReasonFigures>
  readonly anomalies: Part<ReasonFigures>
  readonly storage: ReadonlyArray<StorageFigures>
  /** Runs that ended, and began in the range or loaded a day of it; the oldest first. */
  readonly runs: ReadonlyArray<RunFigures>
}

/** The rows that are told, and how many there are. */
export interface Part<Row> {
  readonly rows: ReadonlyArray<Row>
  readonly total: number
}

export interface Outcomes {
  readonly encodings: number
  readonly complete: number
  readonly failure: number
  readonly canceled: number
  readonly unfinished: number
}

/** `missing`: between days that were asked for, and never asked for itself. */
export type DayLook = "closed" | "open" | "failed" | "missing"

export interface ReportDay extends Outcomes {
  readonly day: string
  readonly look: DayLook
  readonly proof: "single-page" | "pigeonhole" | "count" | null
  readonly bytes: number
  /** Encodings that the API lists no more. */
  readonly forgotten: number
  readonly rejected: number
  readonly openRows: number
  readonly requests: number
  readonly readAt: number | null
  readonly error: string | null
}

export interface FormatFigures extends Outcomes {
  readonly format: string
  readonly bytes: number
  /** Of outputs with a size; null where there are none. */
  readonly sizes: Spread | null
  /** Of what was read in the narrowest windows; null where no encoding has an end. */
  readonly turnaround: Turnaround | null
}

/** Shares of five, a quarter, half, three quarters and 95 in a hundred lie below. */
export interface Spread {
  readonly p5: number
  readonly p25: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
}

/**
 * Minutes from the request to the end, of COMPLETE encodings. The API tells only within which window an encoding was
 * requested, so that there are two bounds.
 */
export interface Turnaround {
  readonly encodings: number
  /** Width of the widest window among them, minutes. */
  readonly window: number
  /** Half of them took at least, and at most, so long. */
  readonly half: readonly [number, number]
  readonly nineTenths: readonly [number, number]
}

export interface CategoryFigures extends Outcomes {
  /** A bigint as text. */
  readonly id: string
  readonly name: string | null
  readonly bytes: number
}

export interface FailedFile {
  readonly categoryId: string
  readonly categoryName: string | null
  /** The path without the format, where it ends in it. */
  readonly file: string
  readonly failure: number
  readonly complete: number
  /** In which it failed. */
  readonly formats: string
  readonly lastDay: string
}

export interface StuckFigures {
  readonly day: string
  readonly ageDays: number
  readonly categoryId: string
  readonly categoryName: string | null
  readonly file: string
  readonly format: string
  readonly occurrence: number
  readonly status: string | null
  readonly since: number
}

export interface ReasonFigures {
  readonly reason: string
  readonly rows: number
  readonly days: number
  readonly firstDay: string
  readonly lastDay: string
}

/** What was added in a month, by category; the categories of most bytes, and one without a name for all others. */
export interface StorageFigures {
  readonly month: string
  /** Null: all others. */
  readonly categoryId: string | null
  readonly categoryName: string | null
  readonly outputs: number
  readonly bytes: number
}

export interface RunFigures {
  readonly command: string
  readonly startedAt: number
  readonly seconds: number
  readonly outcome: "complete" | "incomplete" | "failed" | "interrupted"
  readonly rows: number
  readonly requests: number
  readonly retries: number
}
