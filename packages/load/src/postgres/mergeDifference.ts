/**
 * Merges `staged_encoding` with the day's stored rows: finds in SQL what differs, applies that, and leaves the identities
 * with twins to `mergeTwins`. Nothing is written for rows that are as they were.
 */
import { addMergeCounts, type MergeCounts, noMergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { MergeReading } from "@vodstation-etl/core/mergeIdentity"
import * as Effect from "effect/Effect"
import { copyTime } from "./copyText.ts"
import { mergeTwins } from "./mergeTwins.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

/** Within the transaction of the merge. Gives what it did; `unchanged` is not counted. */
export const mergeDifference = Effect.fn("mergeDifference")(function* (
  connection: PostgresConnection,
  workDate: string,
  holdsRows: boolean,
  reading: MergeReading,
): Effect.fn.Return<MergeCounts, PostgresError> {
  // The planner knows nothing of a table that was just made.
  yield* connection.execute("ANALYZE pg_temp.staged_encoding")
  yield* connection.execute(sqlStatement("createDifference"))
  let twins = yield* connection.execute(sqlStatement("findTwins"), [workDate])
  let counts = noMergeCounts
  if (!holdsRows) {
    counts = { ...counts, inserted: yield* insertRows("insertDay", connection, workDate, reading) }
  } else if ((yield* connection.execute(sqlStatement("findDifference"), [workDate, reading.strong])) > 0) {
    counts = yield* applyDifference(connection, workDate, reading)
    twins += yield* connection.execute(sqlStatement("addRowsApart"))
  }
  return twins === 0 ? counts : addMergeCounts(counts, yield* mergeTwins(connection, workDate, reading))
})

const insertRows = (
  statement: "insertDay" | "insertNew",
  connection: PostgresConnection,
  workDate: string,
  reading: MergeReading,
) => connection.execute(sqlStatement(statement), [workDate, copyTime(reading.readAt), reading.runId])

const applyDifference = Effect.fnUntraced(function* (
  connection: PostgresConnection,
  workDate: string,
  reading: MergeReading,
): Effect.fn.Return<MergeCounts, PostgresError> {
  const readAt = copyTime(reading.readAt)
  yield* connection.execute(sqlStatement("supersede"), [workDate, readAt, reading.runId])
  const withdrawn = yield* connection.execute(sqlStatement("deleteWithdrawn"), [workDate])
  const changed = yield* connection.execute(sqlStatement("updateChanged"), [workDate, readAt, reading.runId])
  yield* connection.execute(sqlStatement("touchSeen"), [workDate])
  const missing = yield* connection.execute(sqlStatement("markMissing"), [workDate, readAt])
  const inserted = yield* insertRows("insertNew", connection, workDate, reading)
  return { inserted, changed, unchanged: 0, missing, withdrawn }
})
