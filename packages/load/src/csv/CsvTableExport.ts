/**
 * Exports from a folder of CSV files, as committed. A writer may be replacing what it reads: each file is whole, and a day
 * of which one file was new and the other old is refused by `readStoredDay`.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Archive } from "../Archive.ts"
import { ArchiveFailed } from "../ArchiveError.ts"
import { TableExport } from "../TableExport.ts"
import { archiveFolder } from "./ArchiveFolder.ts"
import { readSettings } from "./ArchiveSettings.ts"
import { archiveFailed, fileWork } from "./archiveFailed.ts"
import { committedFolder } from "./committedFolder.ts"
import { csvHeader, csvRecords } from "./csvText.ts"
import { exportTables } from "./exportTables.ts"

/** What only Postgres has: the views, and its record of migrations. */
const onlyInPostgres = [
  ...[
    "archive_migration",
    "category_outcome",
    "coverage",
    "daily_outcome",
    "encoding_timeline",
    "failed_encoding",
    "output_type_outcome",
  ],
  ...["storage_growth", "stuck_encoding"],
]

const make = (path: string) =>
  Effect.gen(function* () {
    const { place, timeZone } = yield* Archive
    const folder = archiveFolder(path)
    const found = fileWork(place, "reading archive.json", () => readSettings(folder))

    const committed = fileWork(place, "reading what is committed", () => committedFolder(folder))

    const csv: TableExport["Service"]["csv"] = Effect.fn("CsvTableExport.csv")(function* (request, take) {
      const table = exportTables[request.table]!
      const opened = yield* found
      const doing = `exporting ${request.table}`
      if (opened._tag !== "Settings")
        return yield* new ArchiveFailed({ archive: place, doing, reason: "it is there no more" })
      const source = { folder: yield* committed, settings: opened.settings }
      const rows = table.rows(source, request)[Symbol.asyncIterator]()
      yield* Effect.addFinalizer(() => Effect.promise(async () => rows.return?.()))
      yield* take(Buffer.from(csvHeader(table.columns, request)))
      let count = 0
      while (true) {
        const next = yield* Effect.tryPromise({
          try: () => rows.next(),
          catch: (cause) => archiveFailed(place, doing, cause),
        })
        if (next.done === true) return count
        count += next.value.length
        if (next.value.length > 0)
          yield* take(Buffer.from(csvRecords(table.textColumns, request, next.value)))
      }
    }, Effect.scoped)

    return TableExport.of({
      place,
      timeZone,
      tables: Effect.map(found, (found) =>
        found._tag !== "Settings"
          ? []
          : Object.entries(exportTables).map(([name, { dated }]) => ({ name, dated })),
      ),
      elsewhere: onlyInPostgres,
      csv,
    })
  })

/** Of the archive in that folder, which `CsvArchive.layer` opens. */
export const csvTableExportLayer = (folder: string): Layer.Layer<TableExport, never, Archive> =>
  Layer.effect(TableExport, make(folder))
