/** Rows that could not be understood, added up by reason: wholly (rejects), or in some field (anomalies). */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ReasonCount } from "../ReasonCount.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { wholeNumber } from "./wholeNumber.ts"

const Reason = Schema.Struct({
  reason: Schema.String,
  rows: wholeNumber,
  days: wholeNumber,
  firstDay: Schema.String,
  lastDay: Schema.String,
})

export const countRejectReasons = (
  connection: PostgresConnection,
): Effect.Effect<ReadonlyArray<ReasonCount>, PostgresError> =>
  connection.rows(Reason, sqlStatement("countRejectReasons"))

/** @param from first work day */
export const countAnomalies = (
  connection: PostgresConnection,
  from: string,
): Effect.Effect<ReadonlyArray<ReasonCount>, PostgresError> =>
  connection.rows(Reason, sqlStatement("countAnomalies"), [from])
