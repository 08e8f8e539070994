/**
 * Merges the staged rows of a day with the stored ones, within the transaction of its commit: not at all where nothing has
 * changed, straight into the table where the day holds no rows, else by what differs.
 */
import { type DayShrunk, dayShrunk } from "@vodstation-etl/core/DayShrunk"
import { type MergeCounts, noMergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { MergeReading } from "@vodstation-etl/core/mergeIdentity"
import type { Reading } from "@vodstation-etl/core/Reading"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StageOptions } from "../Archive.ts"
import { applyDifference, dropDifference, findDifference } from "./DayDifference.ts"
import { loadNewDay } from "./loadNewDay.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import type { SpillFailed } from "./SpillFile.ts"
import { sqlStatement } from "./sqlStatement.ts"
import type { StagedRows } from "./StagedRows.ts"
import { wholeNumber } from "./wholeNumber.ts"

/** What the archive knows of a day before it is merged: `sql/readMergedDay.sql`. */
export const DayBefore = Schema.Struct({
  readAt: Schema.NullOr(Schema.Finite),
  rowCount: Schema.NullOr(wholeNumber),
  digest: Schema.NullOr(Schema.String),
  error: Schema.NullOr(Schema.String),
  runId: Schema.NullOr(Schema.String),
  holdsRows: Schema.Boolean,
})

/** The run that stages a day, and how it wants it merged. */
export interface StagingRun extends StageOptions {
  readonly runId: string
}

export interface MergedRows {
  readonly counts: MergeCounts
  /** Not null: the reading was merged as a weak one. */
  readonly shrunk: DayShrunk | null
}

export const mergeRows = Effect.fn("mergeRows")(function* (
  connection: PostgresConnection,
  staged: StagedRows,
  reading: Reading,
  before: typeof DayBefore.Type,
  run: StagingRun,
): Effect.fn.Return<MergedRows, PostgresError | SpillFailed> {
  const { workDate, rowCount } = reading
  const strongly: MergeReading = { ...reading, runId: run.runId }
  if (
    run.compare !== "always" &&
    before.digest === reading.digest &&
    (yield* countPresentRows(connection, workDate)) === rowCount
  ) {
    return { counts: { ...noMergeCounts, unchanged: rowCount }, shrunk: null }
  }
  if (!before.holdsRows) {
    const inserted = yield* loadNewDay(connection, workDate, staged.allRows, strongly)
    return { counts: { ...noMergeCounts, inserted }, shrunk: null }
  }

  yield* staged.stageRows(connection)
  const all = yield* findDifference(connection, workDate, strongly)
  const shrunk = yield* shrunkBy(connection, all.counts, reading, before, run)
  if (shrunk !== null) yield* dropDifference(connection)
  const weakly = { ...strongly, strong: false }
  const believed = shrunk === null ? all : yield* findDifference(connection, workDate, weakly)
  yield* applyDifference(connection, workDate, believed, strongly)
  const { counts } = believed
  return { counts: { ...counts, unchanged: rowCount - counts.inserted - counts.changed }, shrunk }
})

const shrunkBy = Effect.fnUntraced(function* (
  connection: PostgresConnection,
  counts: MergeCounts,
  reading: Reading,
  before: typeof DayBefore.Type,
  run: StagingRun,
): Effect.fn.Return<DayShrunk | null, PostgresError> {
  if (counts.missing + counts.withdrawn === 0) return null
  const stored = yield* countPresentRows(connection, reading.workDate)
  const ledger = before.runId === null ? undefined : { ...before, runId: before.runId }
  return dayShrunk(reading, run.runId, { stored, counts, before: ledger })
})

const PresentRows = Schema.Struct({ presentRows: wholeNumber })

const countPresentRows = (connection: PostgresConnection, workDate: string) =>
  Effect.map(
    connection.rows(PresentRows, sqlStatement("countPresentRows"), [workDate]),
    ([found]) => found!.presentRows,
  )
