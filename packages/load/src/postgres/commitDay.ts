/**
 * The commit of a day, within its transaction: its rows, history, rejects and ledger row, under a lock on the day. A reading
 * older than the stored one is dropped whole.
 */
import { dayShrunkError } from "@vodstation-etl/core/DayShrunk"
import { dayState, type Reading } from "@vodstation-etl/core/Reading"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { DayCommit } from "../Archive.ts"
import { copyTime } from "./copyText.ts"
import { DayBefore, mergeRows, type StagingRun } from "./mergeRows.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import type { SpillFailed } from "./SpillFile.ts"
import { sqlStatement } from "./sqlStatement.ts"
import type { StagedRows } from "./StagedRows.ts"

const HoldsRows = Schema.Struct({ holdsRows: Schema.Boolean })

export const commitDay = Effect.fn("commitDay")(function* (
  connection: PostgresConnection,
  staged: StagedRows,
  reading: Reading,
  run: StagingRun,
): Effect.fn.Return<DayCommit, PostgresError | SpillFailed> {
  yield* connection.execute(sqlStatement("lockDay"), [reading.workDate])
  const [before] = yield* connection.rows(DayBefore, sqlStatement("readMergedDay"), [reading.workDate])
  if (before!.readAt !== null && before!.readAt > reading.readAt) return { _tag: "Outdated" }
  const { counts, shrunk } = yield* mergeRows(connection, staged, reading, before!, run)
  const believed = { ...reading, strong: reading.strong && shrunk === null }
  yield* mergeRejects(connection, staged, believed, run)
  const holdsRows = reading.rowCount > 0 || (yield* archiveHoldsRows(connection))
  const state = dayState(believed, holdsRows)
  yield* recordDay(connection, reading, run, state, shrunk === null ? null : dayShrunkError(shrunk))
  return { _tag: "Merged", counts, state, shrunk }
})

const archiveHoldsRows = (connection: PostgresConnection) =>
  Effect.map(connection.rows(HoldsRows, sqlStatement("archiveHoldsRows")), ([found]) => found!.holdsRows)

const mergeRejects = Effect.fnUntraced(function* (
  connection: PostgresConnection,
  staged: StagedRows,
  reading: Reading,
  run: { readonly runId: string },
): Effect.fn.Return<void, PostgresError | SpillFailed> {
  const { workDate } = reading
  if (staged.rejectCount === 0) {
    if (reading.strong) yield* connection.execute(sqlStatement("deleteRejects"), [workDate])
    return
  }
  yield* staged.stageRejects(connection)
  if (reading.strong) yield* connection.execute(sqlStatement("deleteUnseenRejects"), [workDate])
  yield* connection.execute(sqlStatement("mergeRejects"), [workDate, copyTime(reading.readAt), run.runId])
})

const recordDay = (
  connection: PostgresConnection,
  reading: Reading,
  run: { readonly runId: string },
  state: "open" | "closed",
  error: string | null,
) =>
  connection.execute(sqlStatement("recordDay"), [
    reading.workDate,
    state,
    reading.proof,
    reading.apiTotal,
    reading.rowCount,
    reading.openRows,
    reading.rejectedRows,
    reading.requests,
    reading.pages,
    copyTime(reading.readAt),
    run.runId,
    reading.digest,
    error,
  ])
