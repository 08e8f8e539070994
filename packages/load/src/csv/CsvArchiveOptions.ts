/** How a CSV archive is asked for. */

export interface CsvArchiveOptions {
  readonly folder: string
  /** What the user set; undefined: the archive's own, `Asia/Seoul` for a new one. */
  readonly timeZone: string | undefined
  /**
   * Byte order mark, CRLF, formulas defused. Fixed when the archive is made; undefined goes by what the archive says, and
   * means plain CSV for a new one.
   */
  readonly excel: boolean | undefined
  /** The API host, without a port, that a run is about to fill it from; an archive of another one is refused at once. */
  readonly host?: string | undefined
  /** Readers take no lock and write nothing. */
  readonly access: "read" | "write"
}

export const defaultTimeZone = "Asia/Seoul"
