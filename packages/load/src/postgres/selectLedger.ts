/** The ledger of days, as core has it. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { wholeNumber } from "./wholeNumber.ts"

const LedgerRow = Schema.Struct({
  workDate: Schema.String,
  state: Schema.Literals(["open", "closed", "failed"]),
  proof: Schema.NullOr(Schema.Literals(["single-page", "pigeonhole", "count"])),
  apiTotal: Schema.NullOr(wholeNumber),
  rowCount: Schema.NullOr(wholeNumber),
  openRows: Schema.NullOr(wholeNumber),
  rejectedRows: Schema.NullOr(wholeNumber),
  requests: Schema.NullOr(Schema.Int),
  pages: Schema.NullOr(Schema.Int),
  readAt: Schema.NullOr(Schema.Finite),
  runId: Schema.String,
  digest: Schema.NullOr(Schema.String),
  error: Schema.NullOr(Schema.String),
})

export const selectLedger = Effect.fn("selectLedger")(function* (
  connection: PostgresConnection,
  range: { readonly from: string; readonly before: string } | undefined,
): Effect.fn.Return<ReadonlyArray<LedgerDay>, PostgresError> {
  return yield* connection.rows(LedgerRow, sqlStatement("selectLedger"), [
    range?.from ?? null,
    range?.before ?? null,
  ])
})
