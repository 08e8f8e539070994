/** Stored rows that are not terminal, of days that are not closed. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { OpenEncoding } from "../Archive.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { StoredRow } from "./StoredRows.ts"

const OpenRow = Schema.Struct({ ...StoredRow.fields, workDate: Schema.String })

export const selectOpenEncodings = Effect.fn("selectOpenEncodings")(function* (
  connection: PostgresConnection,
  query: { readonly before: string; readonly limit: number },
): Effect.fn.Return<ReadonlyArray<OpenEncoding>, PostgresError> {
  return yield* connection.rows(OpenRow, sqlStatement("selectOpenEncodings"), [query.before, query.limit])
})
