/** What the archive's tables take of the server's disk. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SizeOnDisk } from "../Archive.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { wholeNumber } from "./wholeNumber.ts"

const Size = Schema.Struct({ part: Schema.String, bytes: wholeNumber })

export const selectSizes = (
  connection: PostgresConnection,
  schema: string,
): Effect.Effect<ReadonlyArray<SizeOnDisk>, PostgresError> =>
  connection.rows(Size, sqlStatement("selectSizes"), [schema])
