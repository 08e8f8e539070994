/** The fast way for a day of which the archive holds no rows: what is new needs no comparison. */
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { identityOf } from "@vodstation-etl/core/Encoding"
import { type MergeReading, mergeIdentity } from "@vodstation-etl/core/mergeIdentity"
import * as Effect from "effect/Effect"
import { copyChunks, newDayLine } from "./copyLines.ts"
import { insertDay } from "./DayDifference.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import type { SpillFailed } from "./SpillFile.ts"
import { SpilledRows } from "./SpilledRows.ts"
import { sqlStatement } from "./sqlStatement.ts"

/** Gives the number of rows. */
export const loadNewDay = (
  connection: PostgresConnection,
  workDate: string,
  rows: ReadonlyArray<Encoding> | SpilledRows,
  reading: MergeReading,
): Effect.Effect<number, PostgresError | SpillFailed> =>
  rows instanceof SpilledRows
    ? loadSpilled(connection, workDate, rows, reading)
    : connection.copyIn(
        sqlStatement("copyNewDay"),
        copyChunks(newDayLines(rows, newDayLine(workDate, reading), reading)),
      )

const loadSpilled = Effect.fn("loadSpilled")(function* (
  connection: PostgresConnection,
  workDate: string,
  rows: SpilledRows,
  reading: MergeReading,
): Effect.fn.Return<number, PostgresError | SpillFailed> {
  const single = yield* connection.copyIn(sqlStatement("copyNewDay"), rows.newDayLines(workDate, reading))
  if (!rows.mayHoldTwins) return single
  yield* connection.execute(sqlStatement("createStaging"))
  yield* connection.copyIn(sqlStatement("copyStaged"), rows.twinLines())
  return single + (yield* insertDay(connection, workDate, reading))
})

/** A line for each row, with its occurrence. Only twins, which are few, are put through the rules; else it is 1. */
function* newDayLines(
  rows: ReadonlyArray<Encoding>,
  line: (row: Encoding, occurrence: number) => string,
  reading: MergeReading,
): Generator<string> {
  const twins = twinIdentities(rows)
  const groups = new Map<string, Array<Encoding>>()
  for (const row of rows) {
    if (twins.size === 0) {
      yield line(row, 1)
      continue
    }
    const identity = identityOf(row)
    const group = groups.get(identity)
    if (group !== undefined) group.push(row)
    else if (twins.has(identity)) groups.set(identity, [row])
    else yield line(row, 1)
  }
  for (const group of groups.values())
    for (const { row } of mergeIdentity([], group, reading).rows) yield line(row, row.occurrence)
}

const twinIdentities = (rows: ReadonlyArray<Encoding>): ReadonlySet<string> => {
  const seen = new Set<string>()
  const twins = new Set<string>()
  for (const row of rows) {
    const identity = identityOf(row)
    if (seen.has(identity)) twins.add(identity)
    else seen.add(identity)
  }
  return twins
}
