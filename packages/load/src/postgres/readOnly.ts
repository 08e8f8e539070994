/**
 * A transaction in which nothing can be written, whoever connects: it only reads, and a role that could reach more than the
 * database, as that of the embedded server, is left for `pg_read_all_data` until its end.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresDatabase } from "./PostgresDatabase.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

/** @param seconds after which each of its statements is stopped; undefined: never */
export const readOnly = <A, E, R>(
  database: PostgresDatabase["Service"],
  seconds: number | undefined,
  use: (connection: PostgresConnection) => Effect.Effect<A, E, R>,
): Effect.Effect<A, E | PostgresError, R> =>
  database.transaction("read", (connection) =>
    Effect.gen(function* () {
      if (seconds !== undefined) yield* limitTime(connection, seconds)
      if (yield* isPowerful(connection)) yield* givePowersUp(connection)
      return yield* use(connection)
    }),
  )

/** Whether the role could reach the server's files, or anything else beyond the database. */
export const isPowerful = (connection: PostgresConnection): Effect.Effect<boolean, PostgresError> =>
  Effect.map(
    connection.rows(Schema.Struct({ powerful: Schema.Boolean }), sqlStatement("isPowerful")),
    ([role]) => role!.powerful,
  )

/** Until the end of the transaction. */
export const givePowersUp = (connection: PostgresConnection) =>
  connection.execute("SET LOCAL ROLE pg_read_all_data")

/** Of each statement until the end of the transaction. */
export const limitTime = (connection: PostgresConnection, seconds: number) =>
  connection.execute(`SET LOCAL statement_timeout TO ${Math.ceil(seconds * 1000)}`)

/** SQLSTATE of a statement that took longer. */
export const wasStopped = ({ code }: PostgresError): boolean => code === "57014"
