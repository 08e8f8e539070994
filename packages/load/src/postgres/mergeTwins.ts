/**
 * Merges the identities in `twin_identity` by the rule book itself (core, `mergeIdentity`): their rows are fetched, merged
 * here, and what became of them is written back at once, however many they are (a bulk upload puts hundreds of jobs with
 * blank paths into one millisecond).
 */
import { type Encoding, identityOf, type StoredEncoding } from "@vodstation-etl/core/Encoding"
import type { MergeCounts } from "@vodstation-etl/core/MergeCounts"
import { type Fate, type MergeReading, mergeIdentity } from "@vodstation-etl/core/mergeIdentity"
import * as Effect from "effect/Effect"
import { copyChunks, mergedTwinLine } from "./copyLines.ts"
import { copyTime } from "./copyText.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { StagedRow, StoredRow } from "./StoredRows.ts"

/** What is to become of a row; of one that is as it was nothing is told. */
export interface MergedTwin {
  readonly row: StoredEncoding
  readonly fate: Exclude<Fate, "unchanged"> | "withdrawn"
}

/** Merges them, and writes nothing. */
export const mergeTwins = Effect.fn("mergeTwins")(function* (
  connection: PostgresConnection,
  workDate: string,
  reading: MergeReading,
): Effect.fn.Return<ReadonlyArray<MergedTwin>, PostgresError> {
  const stored = yield* connection.rows(StoredRow, sqlStatement("selectStoredTwins"), [workDate])
  const staged = yield* connection.rows(StagedRow, sqlStatement("selectStagedTwins"))
  return mergeIdentities(stored, staged, reading)
})

/** `unchanged` is not counted. */
export const countTwins = (twins: ReadonlyArray<MergedTwin>): MergeCounts => {
  const count = (fate: MergedTwin["fate"]) => twins.filter((twin) => twin.fate === fate).length
  return {
    inserted: count("inserted"),
    changed: count("changed"),
    unchanged: 0,
    missing: count("missing"),
    withdrawn: count("withdrawn"),
  }
}

export const writeTwins = Effect.fn("writeTwins")(function* (
  connection: PostgresConnection,
  workDate: string,
  twins: ReadonlyArray<MergedTwin>,
  reading: MergeReading,
): Effect.fn.Return<void, PostgresError> {
  if (twins.length === 0) return
  yield* connection.execute(sqlStatement("createMergedTwins"))
  const lines = twins.values().map(mergedTwinLine(workDate))
  yield* connection.copyIn(sqlStatement("copyMergedTwins"), copyChunks(lines))
  yield* connection.execute(sqlStatement("supersedeTwins"), [copyTime(reading.readAt), reading.runId])
  yield* connection.execute(sqlStatement("deleteWithdrawnTwins"))
  yield* connection.execute(sqlStatement("updateTwins"))
  yield* connection.execute(sqlStatement("insertTwins"))
})

const mergeIdentities = (
  stored: ReadonlyArray<StoredEncoding>,
  staged: ReadonlyArray<Encoding>,
  reading: MergeReading,
): ReadonlyArray<MergedTwin> => {
  const storedOf = Map.groupBy(stored, identityOf)
  const stagedOf = Map.groupBy(staged, identityOf)
  const written: Array<MergedTwin> = []
  for (const identity of new Set([...storedOf.keys(), ...stagedOf.keys()])) {
    const merged = mergeIdentity(storedOf.get(identity) ?? [], stagedOf.get(identity) ?? [], reading)
    for (const { row, fate } of merged.rows) if (fate !== "unchanged") written.push({ row, fate })
    for (const row of merged.withdrawn) written.push({ row, fate: "withdrawn" })
  }
  return written
}
