/**
 * What an archive holds of a small day, by core's own rules: a reading is merged with `mergeIdentity`, one identity at a
 * time. A stored row is one character as in `SmallWorld.fixture.ts`; the flag of a fresh one says here that it is marked missing.
 */
import { dayShrunk } from "@vodstation-etl/core/DayShrunk"
import type { Encoding, StoredEncoding } from "@vodstation-etl/core/Encoding"
import { mergeIdentity } from "@vodstation-etl/core/mergeIdentity"
import { type DayReading, dayState } from "@vodstation-etl/core/Reading"
import {
  blank,
  codeOf,
  complete,
  rowAt,
  rowsOf,
  running,
  type SmallRow,
  waiting,
} from "./SmallWorld.fixture.ts"

export interface SmallMerge {
  /** What the archive holds afterwards, sorted. */
  readonly archive: string
  /** The rows that were marked missing or withdrawn, as they were. */
  readonly gone: string
}

export interface SmallCommit extends SmallMerge {
  readonly isClosed: boolean
  /** Whether nothing came of a day that has rows, for the first time: such a reading is not believed at once (`DayShrunk`). */
  readonly isDoubted: boolean
}

export const sorted = (rows: string): string => {
  let isSorted = true
  for (let index = 1; index < rows.length; index++) {
    if (rows.charCodeAt(index - 1) > rows.charCodeAt(index)) isSorted = false
  }
  return isSorted ? rows : Array.from(rows).toSorted().join("")
}

/** Commits readings. `width` is how many slots a cell holds. */
export const makeSmallCommit = (width: number) => {
  const known = new Map<string, SmallMerge>()

  const merge = (archive: string, incoming: string, strong: boolean): SmallMerge => {
    let after = ""
    let gone = ""
    for (let name = 0; name <= blank; name++) {
      const stored = withName(archive, name)
      const came = withName(incoming, name)
      if (stored.length + came.length === 0) continue
      const key = `${stored}|${came}|${strong}`
      let merge = known.get(key)
      if (merge === undefined) known.set(key, (merge = mergeRows(stored, came, strong, width)))
      after += merge.archive
      gone += merge.gone
    }
    return { archive: sorted(after), gone }
  }

  /** `wasDoubted`: whether the reading before was, and so found nothing. */
  return (archive: string, incoming: string, reading: DayReading, wasDoubted: boolean): SmallCommit => {
    const isDoubted = incoming === "" && hasShrunk(archive, reading, wasDoubted)
    const believed = { ...reading, seamsHold: true, strong: reading.strong && !isDoubted }
    return {
      ...merge(archive, incoming, believed.strong),
      isClosed: dayState(believed, true) === "closed",
      isDoubted,
    }
  }
}

const hasShrunk = (archive: string, reading: DayReading, wasDoubted: boolean): boolean => {
  const stored = rowsOf(archive).filter((row) => !row.isFresh).length
  const counts = { inserted: 0, changed: 0, unchanged: 0, missing: stored, withdrawn: 0 }
  const before = wasDoubted
    ? { rowCount: 0, runId: "the run before", digest: reading.digest, error: "DayShrunk: " }
    : undefined
  return dayShrunk(reading, "this run", { stored, counts, before }) !== null
}

const withName = (rows: string, name: number): string => {
  let named = ""
  for (let index = 0; index < rows.length; index++) if (rowAt(rows, index).name === name) named += rows[index]
  return named
}

const start = 1_631_372_400_000

const encodingOf = ({ state, slot }: SmallRow, width: number): Encoding => ({
  categoryId: 10_019n,
  filePath: state === waiting ? "" : "/a.mp4",
  outputType: "AVC_HD_1Pass_30fps",
  categoryName: "test2",
  status: state === waiting ? "WAITING" : state === running ? "RUNNING" : "COMPLETE",
  link: state < complete ? null : `https://kr.object.ncloudstorage.com/${state}.mp4`,
  percent: null,
  outputTotalSize: null,
  lastWorkTime: start + Math.min(state, complete) * 1_000,
  requestedFrom: start + slot,
  requestedBefore: start + slot + width,
  anomalies: [],
  raw: null,
})

const mergeRows = (stored: string, incoming: string, strong: boolean, width: number): SmallMerge => {
  /** The row that a state and a cell stand for, to come back from columns to rows. */
  const rows = new Map<string, SmallRow>()
  const keyOf = (row: Encoding) => `${row.status} ${row.link} ${row.requestedFrom}`
  const encoding = (row: SmallRow): Encoding => {
    const columns = encodingOf(row, width)
    rows.set(keyOf(columns), { ...row, isFresh: false })
    return columns
  }
  const olds = rowsOf(stored).map((row, index): StoredEncoding => ({
    ...encoding(row),
    occurrence: index + 1,
    missingSince: row.isFresh ? 1 : null,
    firstSeenAt: 1,
    changedAt: 1,
    runId: "earlier",
  }))
  const merged = mergeIdentity(olds, rowsOf(incoming).map(encoding), { readAt: 2, runId: "now", strong })
  const code = (row: Encoding, isMissing: boolean) =>
    String.fromCharCode(codeOf({ ...rows.get(keyOf(row))!, isFresh: isMissing }))
  const missing = merged.rows.filter(({ fate }) => fate === "missing").map(({ row }) => row)
  return {
    archive: merged.rows.map(({ row }) => code(row, row.missingSince !== null)).join(""),
    gone: [...missing, ...merged.withdrawn].map((row) => code(row, false)).join(""),
  }
}
