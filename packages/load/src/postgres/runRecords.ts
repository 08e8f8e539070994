/** The archive's memory of runs: the table `extraction_run`. */
import type { RunEnd, RunRecord, RunStart } from "@vodstation-etl/core/RunRecord"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { copyTime } from "./copyText.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { wholeNumber } from "./wholeNumber.ts"

const start = {
  runId: Schema.String,
  command: Schema.Literals(["backfill", "nightly", "audit", "demo"]),
  startedAt: Schema.Finite,
  options: Schema.fromJsonString(
    Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])),
  ),
  version: Schema.String,
}

const FinishedRun = Schema.Struct({
  ...start,
  finishedAt: Schema.Finite,
  outcome: Schema.Literals(["complete", "incomplete", "failed", "interrupted"]),
  daysPlanned: Schema.Int,
  daysSkipped: Schema.Int,
  daysClosed: Schema.Int,
  daysOpen: Schema.Int,
  daysFailed: Schema.Int,
  rowsRead: wholeNumber,
  rowsInserted: wholeNumber,
  rowsChanged: wholeNumber,
  rowsUnchanged: wholeNumber,
  rowsMissing: wholeNumber,
  rowsWithdrawn: wholeNumber,
  rowsRejected: wholeNumber,
  requests: wholeNumber,
  retries: wholeNumber,
})

const RunningRun = Schema.Struct({ ...start, finishedAt: Schema.Null })

export const startRun = (
  connection: PostgresConnection,
  run: RunStart,
): Effect.Effect<number, PostgresError> =>
  connection.execute(sqlStatement("startRun"), [
    run.runId,
    run.command,
    copyTime(run.startedAt),
    JSON.stringify(run.options),
    run.version,
  ])

export const finishRun = (
  connection: PostgresConnection,
  runId: string,
  { finishedAt, outcome, days, rows, requests, retries }: RunEnd,
): Effect.Effect<number, PostgresError> =>
  connection.execute(sqlStatement("finishRun"), [
    runId,
    copyTime(finishedAt),
    outcome,
    days.planned,
    days.skipped,
    days.closed,
    days.open,
    days.failed,
    rows.read,
    rows.inserted,
    rows.changed,
    rows.unchanged,
    rows.missing,
    rows.withdrawn,
    rows.rejected,
    requests,
    retries,
  ])

/** The latest runs, newest first. */
export const selectRuns = Effect.fn("selectRuns")(function* (
  connection: PostgresConnection,
  limit: number,
): Effect.fn.Return<ReadonlyArray<RunRecord>, PostgresError> {
  const rows = yield* connection.rows(Schema.Union([FinishedRun, RunningRun]), sqlStatement("selectRuns"), [
    limit,
  ])
  return rows.map((row): RunRecord => {
    const { runId, command, startedAt, options, version } = row
    return { runId, command, startedAt, options, version, end: row.finishedAt === null ? null : endOf(row) }
  })
})

const endOf = (row: typeof FinishedRun.Type): RunEnd => ({
  finishedAt: row.finishedAt,
  outcome: row.outcome,
  days: {
    planned: row.daysPlanned,
    skipped: row.daysSkipped,
    closed: row.daysClosed,
    open: row.daysOpen,
    failed: row.daysFailed,
  },
  rows: {
    read: row.rowsRead,
    inserted: row.rowsInserted,
    changed: row.rowsChanged,
    unchanged: row.rowsUnchanged,
    missing: row.rowsMissing,
    withdrawn: row.rowsWithdrawn,
    rejected: row.rowsRejected,
  },
  requests: row.requests,
  retries: row.retries,
})
