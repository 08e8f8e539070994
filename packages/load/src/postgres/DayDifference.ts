/**
 * What merging `staged_encoding` with the day's stored rows will do: found first, so that it can be decided by, and applied
 * then. The ordinary rows are compared in SQL and wait in `day_difference`; the identities with twins are left to core's
 * rules and wait here. Nothing is written for rows that are as they were.
 */
import { addMergeCounts, type MergeCounts, noMergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { MergeReading } from "@vodstation-etl/core/mergeIdentity"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { copyTime } from "./copyText.ts"
import { countTwins, type MergedTwin, mergeTwins, writeTwins } from "./mergeTwins.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { wholeNumber } from "./wholeNumber.ts"

const FateCount = Schema.Struct({
  fate: Schema.Literals(["new", "changed", "touched", "missing", "withdrawn", "apart"]),
  rows: wholeNumber,
})
type Fates = Partial<Record<(typeof FateCount.Type)["fate"], number>>

export interface DayDifference {
  /** What applying it does; `unchanged` is not counted. */
  readonly counts: MergeCounts
  /** Rows of `day_difference`. */
  readonly fates: Fates
  readonly twins: ReadonlyArray<MergedTwin>
}

/** Within the transaction of the merge, of a day that holds rows. Can be found again, for another reading. */
export const findDifference = Effect.fn("findDifference")(function* (
  connection: PostgresConnection,
  workDate: string,
  reading: MergeReading,
): Effect.fn.Return<DayDifference, PostgresError> {
  let twins = yield* findTwins(connection, workDate)
  const differing = yield* connection.execute(sqlStatement("findDifference"), [workDate, reading.strong])
  let fates: Fates = {}
  if (differing > 0) {
    twins += yield* connection.execute(sqlStatement("addRowsApart"))
    const found = yield* connection.rows(FateCount, sqlStatement("countDifference"))
    fates = Object.fromEntries(found.map(({ fate, rows }) => [fate, rows]))
  }
  const merged = twins === 0 ? [] : yield* mergeTwins(connection, workDate, reading)
  return { fates, twins: merged, counts: addMergeCounts(countFates(fates), countTwins(merged)) }
})

/** Forgets what was found. */
export const dropDifference = (connection: PostgresConnection) =>
  connection.execute(sqlStatement("dropDifference"))

export const applyDifference = Effect.fn("applyDifference")(function* (
  connection: PostgresConnection,
  workDate: string,
  { fates, twins }: DayDifference,
  reading: MergeReading,
): Effect.fn.Return<void, PostgresError> {
  const values = [workDate, copyTime(reading.readAt), reading.runId]
  const { changed, withdrawn, touched, missing } = fates
  // The old states are copied before anything is changed.
  if (changed !== undefined || withdrawn !== undefined)
    yield* connection.execute(sqlStatement("supersede"), values)
  if (withdrawn !== undefined) yield* connection.execute(sqlStatement("deleteWithdrawn"), [workDate])
  if (changed !== undefined) yield* connection.execute(sqlStatement("updateChanged"), values)
  if (touched !== undefined) yield* connection.execute(sqlStatement("touchSeen"), [workDate])
  if (missing !== undefined) yield* connection.execute(sqlStatement("markMissing"), values.slice(0, 2))
  if (fates.new !== undefined) yield* connection.execute(sqlStatement("insertNew"), values)
  yield* writeTwins(connection, workDate, twins, reading)
})

/** Inserts all of `staged_encoding`, none of whose identities the day holds a row of. Gives the number of rows. */
export const insertDay = Effect.fn("insertDay")(function* (
  connection: PostgresConnection,
  workDate: string,
  reading: MergeReading,
): Effect.fn.Return<number, PostgresError> {
  const found = yield* findTwins(connection, workDate)
  const values = [workDate, copyTime(reading.readAt), reading.runId]
  const inserted = yield* connection.execute(sqlStatement("insertDay"), values)
  if (found === 0) return inserted
  const twins = yield* mergeTwins(connection, workDate, reading)
  yield* writeTwins(connection, workDate, twins, reading)
  return inserted + twins.length
})

/** Makes the tables of the difference. Gives the number of identities that are left to core. */
const findTwins = Effect.fnUntraced(function* (
  connection: PostgresConnection,
  workDate: string,
): Effect.fn.Return<number, PostgresError> {
  // The planner knows nothing of a table that was just made.
  yield* connection.execute("ANALYZE pg_temp.staged_encoding")
  yield* connection.execute(sqlStatement("createDifference"))
  return yield* connection.execute(sqlStatement("findTwins"), [workDate])
})

const countFates = (fates: Fates): MergeCounts => ({
  ...noMergeCounts,
  inserted: fates.new ?? 0,
  changed: fates.changed ?? 0,
  missing: fates.missing ?? 0,
  withdrawn: fates.withdrawn ?? 0,
})
