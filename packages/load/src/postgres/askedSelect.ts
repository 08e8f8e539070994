/**
 * A user's SELECT, made safe to be run: one statement, in a transaction that only reads, within its time, and without the
 * powers that the connecting role may have. A superuser, as that of the embedded server, could read the server's files with
 * a function or ask for any right back with `set_config`: such a role is left for `pg_read_all_data` during the transaction,
 * and functions that could undo that, or do anything else but compute, are refused before the SELECT runs. For them the
 * server is asked to make it a view, which parses and runs nothing, and whose parts can be read.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  mayDoMore,
  onlyArchive,
  onlyOne,
  onlySelect,
  refusedByColumns,
  refusedByFirstWord,
  SelectRefused,
  tooSlow,
  withPlaceAndAdvice,
} from "../SelectRefused.ts"
import type { ExportColumn } from "./exportQuery.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresDatabase } from "./PostgresDatabase.ts"
import { PostgresError } from "./PostgresError.ts"
import { givePowersUp, isPowerful, limitTime, wasStopped } from "./readOnly.ts"
import { sqlStatement } from "./sqlStatement.ts"

export interface AskedSelect {
  readonly select: string
  /** After which it is stopped. */
  readonly seconds: number
}

/** Runs `use` with the columns of the SELECT, in its transaction. What the server refuses of the SELECT is `SelectRefused`. */
export const withAskedSelect = <A, E, R>(
  database: PostgresDatabase["Service"],
  asked: AskedSelect,
  use: (connection: PostgresConnection, columns: ReadonlyArray<ExportColumn>) => Effect.Effect<A, E, R>,
): Effect.Effect<A, E | PostgresError | SelectRefused, R> =>
  Effect.gen(function* () {
    const refused = refusedByFirstWord(asked.select)
    if (refused !== undefined) return yield* refused
    const powerful = yield* database.transaction("read", isPowerful)
    return yield* database.transaction(powerful ? "write" : "read", (connection) =>
      Effect.gen(function* () {
        yield* limitTime(connection, asked.seconds)
        if (powerful) yield* lookInto(connection, asked.select)
        yield* connection.execute("SET TRANSACTION READ ONLY")
        if (powerful) yield* givePowersUp(connection)
        return yield* use(connection, yield* describe(connection, asked.select))
      }),
    )
  }).pipe(
    Effect.mapError((error) =>
      error instanceof PostgresError && !error.connectionLost ? refusal(error, asked.seconds) : error,
    ),
  )

/** Refuses what could get back the powers that are given up. */
const lookInto = Effect.fnUntraced(function* (connection: PostgresConnection, select: string) {
  yield* connection.execute("SAVEPOINT looking")
  yield* prefixed(connection, "CREATE TEMPORARY VIEW asked_select AS ", select)
  const found = yield* connection.rows(
    Schema.Struct({ name: Schema.String }),
    sqlStatement("selectVolatileFunctions"),
  )
  yield* connection.execute("ROLLBACK TO SAVEPOINT looking")
  if (found.length > 0) return yield* mayDoMore(found[0]!.name)
})

/** The columns of the SELECT, which as a cursor is not run yet, and of which the server takes nothing else. */
const describe = Effect.fnUntraced(function* (connection: PostgresConnection, select: string) {
  yield* prefixed(connection, "DECLARE asked_select CURSOR FOR ", select)
  const { fields } = yield* connection.single("FETCH 0 FROM asked_select")
  yield* connection.execute("CLOSE asked_select")
  const types = yield* connection.rows(
    Schema.Struct({ type: Schema.String, declared: Schema.String }),
    sqlStatement("describeTypes"),
    [fields.map(({ dataTypeID }) => dataTypeID), fields.map(({ dataTypeModifier }) => dataTypeModifier)],
  )
  const columns = fields.map(({ name }, at): ExportColumn => ({
    table: "",
    column: name,
    ...types[at]!,
    otherCollation: false,
    keyPosition: null,
  }))
  if (columns.length === 0) return yield* new SelectRefused({ reason: "it has no columns" })
  const refused = refusedByColumns(columns.map(({ column }) => column))
  if (refused !== undefined) return yield* refused
  return columns
})

/** Runs the SELECT as a part of a statement; a place in an error is one in the SELECT. */
const prefixed = (connection: PostgresConnection, prefix: string, select: string) =>
  Effect.mapError(connection.single(prefix + select), (error) => {
    const { code, reason, hint, position, connectionLost } = error
    if (position === undefined) return error
    const place = placeIn(select, position - prefix.length)
    return new PostgresError({ code, reason: withPlaceAndAdvice(reason, place), hint, connectionLost })
  })

/** @param position from 1, in characters, which are no halves of surrogate pairs */
const placeIn = (select: string, position: number) => {
  const before = Array.from(select)
    .slice(0, position - 1)
    .join("")
    .split("\n")
  return { line: before.length, column: Array.from(before.at(-1)!).length + 1 }
}

const insufficientPrivilege = "42501"

const refusal = (error: PostgresError, seconds: number): SelectRefused => {
  if (wasStopped(error)) return new SelectRefused({ reason: tooSlow(seconds) })
  if (/multiple commands/.test(error.reason)) return new SelectRefused({ reason: onlyOne })
  if (/data-modifying|read-only transaction|INTO/.test(error.reason))
    return new SelectRefused({ reason: `it writes: ${onlySelect}` })
  if (error.code === insufficientPrivilege)
    return new SelectRefused({ reason: `${onlyArchive} (${error.reason})` })
  return new SelectRefused({ reason: withPlaceAndAdvice(error.reason, undefined, error.hint) })
}
