/** The fast way for a day of which the archive holds no rows: what is new needs no comparison. */
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { identityOf } from "@vodstation-etl/core/Encoding"
import { type MergeReading, mergeIdentity } from "@vodstation-etl/core/mergeIdentity"
import * as Effect from "effect/Effect"
import { copyChunks, newDayLine } from "./copyLines.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

/** Gives the number of rows. */
export const loadNewDay = Effect.fn("loadNewDay")(function* (
  connection: PostgresConnection,
  workDate: string,
  rows: ReadonlyArray<Encoding>,
  reading: MergeReading,
): Effect.fn.Return<number, PostgresError> {
  const lines = copyChunks(numberTwins(rows, reading), newDayLine(workDate, reading))
  return yield* connection.copyIn(sqlStatement("copyNewDay"), lines)
})

/** Each row with its occurrence. Only twins, which are few, are put through the rules; for the others it is 1. */
function* numberTwins(
  rows: ReadonlyArray<Encoding>,
  reading: MergeReading,
): Generator<Encoding & { readonly occurrence: number }> {
  const seen = new Set<string>()
  const twins = new Set<string>()
  for (const row of rows) {
    const identity = identityOf(row)
    if (seen.has(identity)) twins.add(identity)
    else seen.add(identity)
  }
  if (twins.size === 0) {
    for (const row of rows) yield { ...row, occurrence: 1 }
    return
  }
  const groups = new Map<string, Array<Encoding>>()
  for (const row of rows) {
    const identity = identityOf(row)
    if (!twins.has(identity)) {
      yield { ...row, occurrence: 1 }
      continue
    }
    const group = groups.get(identity)
    if (group === undefined) groups.set(identity, [row])
    else group.push(row)
  }
  for (const group of groups.values()) for (const { row } of mergeIdentity([], group, reading).rows) yield row
}
