/**
 * One encoding as the world knows it, with its whole life, and the state it is in at a moment.
 */
import { shareOf } from "./seededHash.ts"

/**
 * The truth about one encoding. All times are ms since the epoch; `Infinity` in `startMs` or `endMs` means never.
 * Before `startMs` it is WAITING, then RUNNING, from `endMs` on it has its `outcome`.
 */
export interface TrueRow {
  /** Unique in the world, never served: the API has no row id (API facts 2.7). */
  readonly key: number
  readonly requestTimeMs: number
  readonly categoryId: bigint
  readonly categoryName: string
  readonly filePath: string
  readonly outputType: string
  /** Served once COMPLETE. */
  readonly link: string | null
  /** Bytes, served once COMPLETE. */
  readonly outputTotalSize: bigint
  readonly startMs: number
  readonly endMs: number
  /** COMPLETE, FAILURE or CANCELED; any other text makes a status that the documentation does not know. */
  readonly outcome: string
  /** When `filePath` is served as the empty string: documented for WAITING only (API facts 2.5). */
  readonly blankPath: "waiting" | "always" | "never"
  /** The row's JSON text, to serve one shape verbatim. The truth knows nothing of what it says. */
  readonly json?: string
}

/** What an encoding is at a moment, source-neutral. `null` is "there is none", times are ms since the epoch. */
export interface RowState {
  readonly categoryId: bigint
  readonly categoryName: string
  readonly filePath: string
  readonly outputType: string
  readonly link: string | null
  readonly outputTotalSize: bigint | null
  readonly lastWorkTimeMs: number | null
  readonly status: string
  readonly percent: number | null
  readonly requestTimeMs: number
}

/** The status of a row with this life at `nowMs`. */
export const statusAt = (startMs: number, endMs: number, outcome: string, nowMs: number): string =>
  nowMs >= endMs ? outcome : nowMs >= startMs ? "RUNNING" : "WAITING"

const percentAt = (row: TrueRow, status: string, nowMs: number): number => {
  if (status === "COMPLETE") return 100
  if (nowMs < row.startMs) return 0
  const frozen = Math.floor(shareOf(row.key, 99) * 1000) / 10
  if (status !== "RUNNING" || row.endMs === Infinity) return frozen
  return Math.floor(((nowMs - row.startMs) / (row.endMs - row.startMs)) * 1000) / 10
}

/**
 * The state of a row at `nowMs`. What `lastWorkTime`, `percent`, `link` and the size hold before COMPLETE is
 * undocumented (API facts 8): here the time is that of the last change of status, a size is unknown while work is
 * under way and 0 where it came to nothing.
 */
export const stateAt = (row: TrueRow, nowMs: number): RowState => {
  const status = statusAt(row.startMs, row.endMs, row.outcome, nowMs)
  const done = nowMs >= row.endMs
  const complete = status === "COMPLETE"
  return {
    categoryId: row.categoryId,
    categoryName: row.categoryName,
    filePath:
      row.blankPath === "always" || (row.blankPath === "waiting" && status === "WAITING") ? "" : row.filePath,
    outputType: row.outputType,
    link: complete ? row.link : null,
    outputTotalSize: complete ? row.outputTotalSize : done ? 0n : null,
    lastWorkTimeMs: done ? row.endMs : nowMs >= row.startMs ? row.startMs : row.requestTimeMs,
    status,
    percent: percentAt(row, status, nowMs),
    requestTimeMs: row.requestTimeMs,
  }
}
