/**
 * Exports from a folder of CSV files, as committed. Tables are read file by file, day by day: a writer may be replacing what
 * is read, and a day of which one file was new and the other old is refused by `readStoredDay`. Views, a user's SELECT, and
 * rows that fulfil a condition are asked of DuckDB, as one moment of the archive.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Archive } from "../Archive.ts"
import { ArchiveFailed } from "../ArchiveError.ts"
import { parquetOfRows } from "../duckdb/parquetOfRows.ts"
import { viewStatements } from "../postgres/viewStatements.ts"
import { expectedRows } from "../expectedRows.ts"
import { headerText, rowsText, type TypedColumn } from "../rowsText.ts"
import type { DayRange, TakeChunk, TextFormat } from "../TableExport.ts"
import { TableExport } from "../TableExport.ts"
import { archiveFolder } from "./ArchiveFolder.ts"
import { readSettings } from "./ArchiveSettings.ts"
import { archiveFailed, fileWork } from "./archiveFailed.ts"
import { tableColumns } from "./columnTypes.ts"
import { committedFolder } from "./committedFolder.ts"
import { exportTables } from "./exportTables.ts"
import { viewParquet, viewText } from "./viewExport.ts"

/** Its record of migrations is only in Postgres. */
const onlyInPostgres = ["archive_migration"]

/** Views without a column `work_date`. */
const undatedViews = new Set(["storage_growth"])

const plain = { format: "csv", excel: false } as const

const make = (root: string) =>
  Effect.gen(function* () {
    const archive = yield* Archive
    const { place, timeZone } = archive
    const folder = archiveFolder(root)
    const found = fileWork(place, "reading archive.json", () => readSettings(folder))

    const source = Effect.gen(function* () {
      const opened = yield* found
      if (opened._tag !== "Settings")
        return yield* new ArchiveFailed({ archive: place, doing: "exporting", reason: "it is there no more" })
      return { folder, settings: opened.settings, place }
    })

    /** The rows of a table, which are no text yet where the file is to have a header. */
    const tableText = Effect.fnUntraced(function* <E, R>(
      asked: { readonly table: string } & DayRange,
      format: TextFormat,
      columns: ReadonlyArray<TypedColumn>,
      take: TakeChunk<E, R>,
    ) {
      const { settings } = yield* source
      const committed = yield* fileWork(place, "reading what is committed", () => committedFolder(folder))
      const rows = exportTables[asked.table]!.rows({ folder: committed, settings }, asked)[
        Symbol.asyncIterator
      ]()
      yield* Effect.addFinalizer(() => Effect.promise(async () => rows.return?.()))
      let count = 0
      while (true) {
        const next = yield* Effect.tryPromise({
          try: () => rows.next(),
          catch: (cause) => archiveFailed(place, `exporting ${asked.table}`, cause),
        })
        if (next.done === true) return count
        count += next.value.length
        if (next.value.length > 0) yield* take(Buffer.from(rowsText(columns, format, next.value)))
      }
    }, Effect.scoped)

    const text: TableExport["Service"]["text"] = Effect.fn("CsvTableExport.text")(
      function* (asked, format, take) {
        if ("select" in asked || asked.rows !== undefined || !(asked.table in exportTables))
          return yield* viewText(yield* source, asked, format, take)
        const columns = tableColumns(asked.table)
        const header = headerText(columns, format)
        if (header !== "") yield* take(Buffer.from(header))
        return yield* tableText(asked, format, columns, take)
      },
    )

    const parquet: TableExport["Service"]["parquet"] = Effect.fn("CsvTableExport.parquet")(function* (
      asked,
      draft,
    ) {
      if ("select" in asked || !(asked.table in exportTables))
        return yield* viewParquet(yield* source, asked, draft)
      const columns = tableColumns(asked.table)
      return yield* parquetOfRows({ place, named: asked.table }, draft, (file) =>
        draft
          .writing(file, (take) => tableText(asked, plain, columns, take))
          .pipe(Effect.as(columns.map((column) => ({ ...column, undeclared: false })))),
      )
    }, Effect.scoped)

    return TableExport.of({
      place,
      timeZone,
      tables: Effect.map(found, (found) =>
        found._tag !== "Settings"
          ? []
          : [
              ...Object.entries(exportTables).map(([name, { dated }]) => ({ name, dated })),
              ...viewStatements().map(({ name }) => ({ name, dated: !undatedViews.has(name) })),
            ].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      ),
      excel: Effect.map(source, ({ settings }) => settings.excel),
      elsewhere: onlyInPostgres,
      expectedRows: (asked) => expectedRows(archive, asked),
      text,
      parquet,
    })
  })

/** Of the archive in that folder, which `CsvArchive.layer` opens. */
export const csvTableExportLayer = (folder: string): Layer.Layer<TableExport, never, Archive> =>
  Layer.effect(TableExport, make(folder))
