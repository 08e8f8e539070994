/** How many rows the archive holds of each day, from the rows themselves. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { DayRowCounts } from "../Archive.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { wholeNumber } from "./wholeNumber.ts"

const DayRows = Schema.Struct({
  workDate: Schema.String,
  present: wholeNumber,
  missing: wholeNumber,
  rejected: wholeNumber,
})

export const countRows = Effect.fn("countRows")(function* (
  connection: PostgresConnection,
  range: { readonly from: string; readonly before: string },
): Effect.fn.Return<ReadonlyArray<DayRowCounts>, PostgresError> {
  return yield* connection.rows(DayRows, sqlStatement("countRows"), [range.from, range.before])
})
