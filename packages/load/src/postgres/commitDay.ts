/**
 * The commit of a day: its rows, history, rejects and ledger row in one transaction, under a lock on the day. A reading
 * older than the stored one is dropped whole.
 */
import { type MergeCounts, noMergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { MergeReading } from "@vodstation-etl/core/mergeIdentity"
import { dayState, type Reading } from "@vodstation-etl/core/Reading"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { DayCommit } from "../Archive.ts"
import { copyTime } from "./copyText.ts"
import { loadNewDay } from "./loadNewDay.ts"
import { mergeDifference } from "./mergeDifference.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import type { StagedRows } from "./StagedRows.ts"

const MergedDay = Schema.Struct({
  readAt: Schema.NullOr(Schema.Finite),
  digest: Schema.NullOr(Schema.String),
  holdsRows: Schema.Boolean,
})
const PresentRows = Schema.Struct({ presentRows: Schema.BigInt })
const HoldsRows = Schema.Struct({ holdsRows: Schema.Boolean })

export const commitDay = Effect.fn("commitDay")(function* (
  connection: PostgresConnection,
  staged: StagedRows,
  reading: Reading,
  run: { readonly runId: string },
): Effect.fn.Return<DayCommit, PostgresError> {
  return yield* connection.whole(
    Effect.gen(function* (): Effect.fn.Return<DayCommit, PostgresError> {
      yield* connection.execute("BEGIN")
      yield* connection.execute(sqlStatement("lockDay"), [reading.workDate])
      const [day] = yield* connection.rows(MergedDay, sqlStatement("readMergedDay"), [reading.workDate])
      if (day!.readAt !== null && day!.readAt > reading.readAt) {
        yield* connection.execute("ROLLBACK")
        yield* staged.drop(connection)
        return { _tag: "Outdated" }
      }
      const counts = yield* mergeRows(connection, staged, reading, day!, { ...reading, ...run })
      yield* mergeRejects(connection, staged, reading, run)
      const state = dayState(reading, reading.rowCount > 0 || (yield* archiveHoldsRows(connection)))
      yield* recordDay(connection, reading, run, state)
      yield* staged.drop(connection)
      // Whether an interrupted COMMIT came through cannot be known.
      yield* Effect.uninterruptible(connection.execute("COMMIT"))
      return { _tag: "Merged", counts, state }
    }),
  )
})

const mergeRows = Effect.fnUntraced(function* (
  connection: PostgresConnection,
  staged: StagedRows,
  reading: Reading,
  day: typeof MergedDay.Type,
  mergeReading: MergeReading,
): Effect.fn.Return<MergeCounts, PostgresError> {
  if (
    day.digest === reading.digest &&
    (yield* presentRows(connection, reading.workDate)) === reading.rowCount
  ) {
    return { ...noMergeCounts, unchanged: reading.rowCount }
  }
  if (!day.holdsRows && staged.keptRows !== undefined) {
    const inserted = yield* loadNewDay(connection, reading.workDate, staged.keptRows, mergeReading)
    return { ...noMergeCounts, inserted }
  }
  yield* staged.flushRows(connection)
  const counts = yield* mergeDifference(connection, reading.workDate, day.holdsRows, mergeReading)
  return { ...counts, unchanged: reading.rowCount - counts.inserted - counts.changed }
})

const presentRows = (connection: PostgresConnection, workDate: string) =>
  Effect.map(connection.rows(PresentRows, sqlStatement("countPresentRows"), [workDate]), ([found]) =>
    Number(found!.presentRows),
  )

const archiveHoldsRows = (connection: PostgresConnection) =>
  Effect.map(connection.rows(HoldsRows, sqlStatement("archiveHoldsRows")), ([found]) => found!.holdsRows)

const mergeRejects = Effect.fnUntraced(function* (
  connection: PostgresConnection,
  staged: StagedRows,
  reading: Reading,
  run: { readonly runId: string },
): Effect.fn.Return<void, PostgresError> {
  const { workDate } = reading
  if (staged.rejectCount === 0) {
    if (reading.strong) yield* connection.execute(sqlStatement("deleteRejects"), [workDate])
    return
  }
  yield* staged.flushRejects(connection)
  if (reading.strong) yield* connection.execute(sqlStatement("deleteUnseenRejects"), [workDate])
  yield* connection.execute(sqlStatement("mergeRejects"), [workDate, copyTime(reading.readAt), run.runId])
})

const recordDay = (
  connection: PostgresConnection,
  reading: Reading,
  run: { readonly runId: string },
  state: "open" | "closed",
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
  ])
