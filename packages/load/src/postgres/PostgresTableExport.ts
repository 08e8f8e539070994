/**
 * Exports from Postgres: one `COPY … TO STDOUT` of one query. The server makes the text, CSV or NDJSON, and here it only
 * passes through, as it does through psql's `\copy`. For Parquet it goes to a file that DuckDB reads.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Archive } from "../Archive.ts"
import type { ArchiveError } from "../ArchiveError.ts"
import { byteOrderMark } from "../csv/CsvDialect.ts"
import { parquetOfRows } from "../duckdb/parquetOfRows.ts"
import { expectedRows } from "../expectedRows.ts"
import { mapErrorOf } from "../mapErrorOf.ts"
import type { SelectRefused } from "../SelectRefused.ts"
import { type Asked, type TakeChunk, TableExport } from "../TableExport.ts"
import { archiveFailed } from "./archiveFailure.ts"
import { withAskedSelect } from "./askedSelect.ts"
import { crlfRows } from "./crlfRows.ts"
import { duckDbColumn } from "./duckDbType.ts"
import { type CellFormat, ExportColumn, exportQuery, isWorkDate, parameterSetting } from "./exportQuery.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { PostgresError } from "./PostgresError.ts"
import { readOnly } from "./readOnly.ts"
import { sqlStatement } from "./sqlStatement.ts"

/** A line of JSON holds no such bytes, so that CSV of one column of it is NDJSON as it stands. */
const asLines = String.raw`DELIMITER E'\x02', QUOTE E'\x01', ESCAPE E'\x01'`

const copyOptions = {
  csv: "FORMAT csv, HEADER",
  ndjson: `FORMAT csv, ${asLines}`,
  parquet: "FORMAT csv",
} satisfies Record<CellFormat["format"], string>

const nameOf = (asked: Asked): string => ("select" in asked ? "the SELECT" : asked.table)

const make = Effect.gen(function* () {
  const archive = yield* Archive
  const { place, timeZone } = archive
  const database = yield* PostgresDatabase
  const columns = database.select(ExportColumn, sqlStatement("selectColumns"), [database.schema])

  /** Runs `use` in a transaction that can only read, with the columns of what is asked. */
  const reading = <A, E, R>(
    asked: Asked,
    use: (
      connection: PostgresConnection,
      columns: ReadonlyArray<ExportColumn>,
    ) => Effect.Effect<A, E | PostgresError, R>,
  ): Effect.Effect<A, Exclude<E, PostgresError> | ArchiveError | SelectRefused, R> =>
    mapErrorOf(
      Effect.gen(function* () {
        if ("select" in asked) return yield* withAskedSelect(database, asked, use)
        const { table, rows } = asked
        const own = (yield* columns).filter((column) => column.table === table)
        if (rows === undefined)
          return yield* database.transaction("read", (connection) => use(connection, own))
        return yield* readOnly(database, rows.seconds, (connection) =>
          Effect.andThen(setParameters(connection, rows.parameters), use(connection, own)),
        )
      }),
      PostgresError,
      archiveFailed(database.place, `exporting ${nameOf(asked)}`),
    )

  const copy = <E, R>(
    connection: PostgresConnection,
    columns: ReadonlyArray<ExportColumn>,
    asked: Asked,
    format: CellFormat,
    take: TakeChunk<E, R>,
  ) =>
    connection.copyOut(
      `COPY (${exportQuery(columns, asked, format)}) TO STDOUT WITH (${copyOptions[format.format]})`,
      take,
    )

  const text: TableExport["Service"]["text"] = Effect.fn("PostgresTableExport.text")(
    function* (asked, format, take) {
      const excel = format.format === "csv" && format.excel
      const dialect = excel ? crlfRows() : (chunk: Uint8Array) => chunk
      return yield* reading(asked, (connection, columns) =>
        Effect.gen(function* () {
          if (excel) yield* take(Buffer.from(byteOrderMark))
          return yield* copy(connection, columns, asked, format, (chunk) => take(dialect(chunk)))
        }),
      )
    },
  )

  const parquet: TableExport["Service"]["parquet"] = Effect.fn("PostgresTableExport.parquet")(function* (
    asked,
    draft,
  ) {
    return yield* parquetOfRows({ place, named: nameOf(asked) }, draft, (file) =>
      reading(asked, (connection, columns) =>
        draft
          .writing(file, (take) => copy(connection, columns, asked, { format: "parquet" }, take))
          .pipe(Effect.as(columns.map(duckDbColumn))),
      ),
    )
  }, Effect.scoped)

  return TableExport.of({
    place,
    timeZone,
    tables: Effect.map(columns, (columns) =>
      [...Map.groupBy(columns, ({ table }) => table)].map(([name, own]) => ({
        name,
        dated: own.some(isWorkDate),
      })),
    ),
    excel: Effect.succeed(false),
    elsewhere: [],
    expectedRows: (asked) => expectedRows(archive, asked),
    text,
    parquet,
  })
})

/** For the condition of `exportQuery`, since COPY takes no parameters of its own; until the end of the transaction. */
const setParameters = (connection: PostgresConnection, values: ReadonlyArray<string>) =>
  Effect.forEach(
    values,
    (value, at) => connection.execute("SELECT set_config($1, $2, true)", [parameterSetting(at + 1), value]),
    { discard: true },
  )

/** Of the archive and the database that `postgresArchiveLayer` gives. */
export const postgresTableExportLayer: Layer.Layer<TableExport, never, Archive | PostgresDatabase> =
  Layer.effect(TableExport, make)
