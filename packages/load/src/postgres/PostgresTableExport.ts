/**
 * Exports from Postgres: one `COPY … TO STDOUT` of one query. The server makes the CSV, and here it only passes through, as
 * it does through psql's `\copy`.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Archive } from "../Archive.ts"
import type { ArchiveError } from "../ArchiveError.ts"
import { byteOrderMark } from "../csv/CsvDialect.ts"
import { TableExport } from "../TableExport.ts"
import { archiveFailed } from "./archiveFailure.ts"
import { crlfRows } from "./crlfRows.ts"
import { ExportColumn, exportQuery, isWorkDate } from "./exportQuery.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

const make = Effect.gen(function* () {
  const { place, timeZone } = yield* Archive
  const database = yield* PostgresDatabase
  const columns = database.select(ExportColumn, sqlStatement("selectColumns"), [database.schema])
  const failed = (table: string) => {
    const asArchiveError = archiveFailed(database.place, `exporting ${table}`)
    return <E>(error: E | PostgresError): E | ArchiveError =>
      error instanceof PostgresError ? asArchiveError(error) : error
  }

  const csv: TableExport["Service"]["csv"] = Effect.fn("PostgresTableExport.csv")(function* (request, take) {
    const own = (yield* columns).filter(({ table }) => table === request.table)
    const query = `COPY (${exportQuery(own, request)}) TO STDOUT WITH (FORMAT csv, HEADER)`
    if (request.excel) yield* take(Buffer.from(byteOrderMark))
    const dialect = request.excel ? crlfRows() : (chunk: Uint8Array) => chunk
    return yield* database
      .transaction("read", (connection) => connection.copyOut(query, (chunk) => take(dialect(chunk))))
      .pipe(Effect.mapError(failed(request.table)))
  })

  return TableExport.of({
    place,
    timeZone,
    tables: Effect.map(columns, (columns) =>
      [...Map.groupBy(columns, ({ table }) => table)].map(([name, own]) => ({
        name,
        dated: own.some(isWorkDate),
      })),
    ),
    elsewhere: [],
    csv,
  })
})

/** Of the archive and the database that `postgresArchiveLayer` gives. */
export const postgresTableExportLayer: Layer.Layer<TableExport, never, Archive | PostgresDatabase> =
  Layer.effect(TableExport, make)
