/** `export`: any table or view of the archive, or the answer to a SELECT, to one file, or to standard output. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import type { Asked, TakeChunk } from "@vodstation-etl/load/TableExport"
import { TableExport } from "@vodstation-etl/load/TableExport"
import { archiveReaders } from "./archiveReaders.ts"
import { askedOf } from "./askedOf.ts"
import { counted } from "./countInWords.ts"
import { csvFolderOf } from "./csvFolderOf.ts"
import { checkExportFlags } from "./ExportFlags.ts"
import type { ExportFlags } from "./ExportFlags.ts"
import { exportParquetFile, exportParquetMonths, type Watched } from "./exportParquet.ts"
import { ExportProgress } from "./ExportProgress.ts"
import { InvalidFlag } from "./InvalidFlag.ts"
import { showLiveLine } from "./liveLine.ts"
import { observed } from "./observed.ts"
import { replaceFile } from "./replaceFile.ts"
import { readSettings } from "./Settings.ts"
import { sizeInWords } from "./sizeInWords.ts"
import { takeToStdout } from "./takeToStdout.ts"

export const exportTable = Effect.fnUntraced(function* (flags: ExportFlags) {
  const settings = yield* readSettings()
  const csvFolder = yield* csvFolderOf(flags, true)
  yield* checkExportFlags(flags)
  yield* Effect.gen(function* () {
    const asked = yield* askedOf(flags)
    const started = yield* Clock.currentTimeMillis
    const { rows, bytes } = yield* Effect.scoped(writing(flags, asked))
    if (flags.out === "-" || (flags.quiet && !flags.json)) return
    const seconds = ((yield* Clock.currentTimeMillis) - started) / 1000
    yield* Effect.annotateCurrentSpan({ ...what(flags), rows, bytes })
    yield* Console.log(
      flags.json
        ? JSON.stringify({
            ...{ command: "export", ...what(flags), format: flags.format },
            ...{ out: flags.out, rows, bytes, seconds },
          })
        : `${flags.out}: ${counted(rows, "row")} of ${flags.table ?? nameOf(flags.sql)}, ${sizeInWords(bytes)} in ${seconds.toFixed(1)} s`,
    )
  }).pipe(
    Effect.provide(archiveReaders(csvFolder, settings)),
    Effect.catchTag("SelectRefused", ({ reason }) =>
      Effect.fail(new InvalidFlag({ flag: `--sql ${flags.sql}`, reason: withWhatThereIs(reason) })),
    ),
  )
}, observed("export"))

/** Of a name that Postgres, or DuckDB, does not find, and for which it has no better one. */
const withWhatThereIs = (reason: string): string =>
  /\b(?:does not exist|not found)\b[^.]*$/.test(reason)
    ? `${reason}; docs/archive.md tells of every table and column`
    : reason

const nameOf = (sql: string | undefined) => (sql === "-" ? "the SELECT" : sql)

const what = ({ table, sql }: ExportFlags) => (table === undefined ? { sql } : { table })

/** What is to be told of the text that comes, where somebody watches it come. */
const showProgress = Effect.fnUntraced(function* (flags: ExportFlags, asked: Asked) {
  // Rows on the screen are progress enough.
  if (flags.quiet || (flags.out === "-" && process.stdout.isTTY)) return undefined
  const progress = new ExportProgress(yield* Clock.currentTimeMillis, {
    format: flags.format === "ndjson" ? "ndjson" : "csv",
    hasHeader: flags.format === "csv",
  })
  let expected: number | undefined
  const isShown = yield* showLiveLine(
    process.stderr,
    (now) => `export ${flags.table ?? flags.sql}: ${progress.inWords(now, expected)}`,
  )
  if (!isShown) return undefined
  const archive = yield* TableExport
  yield* Effect.forkScoped(
    Effect.ignore(
      Effect.map(archive.expectedRows(asked), (rows) => {
        expected = rows
      }),
    ),
  )
  return progress
})

const writing = Effect.fnUntraced(function* (flags: ExportFlags, asked: Asked) {
  const { format, excel, out } = flags
  let bytes = 0
  const progress = yield* showProgress(flags, asked)
  if (format === "parquet") {
    const watched: Watched = {
      came: (chunk) => progress?.came(chunk),
      making: (percent) => progress?.making(percent),
    }
    return yield* flags.partition === undefined
      ? exportParquetFile(asked, out, watched)
      : exportParquetMonths(asked, out, watched)
  }
  const archive = yield* TableExport
  const text = <E, R>(take: TakeChunk<E, R>) =>
    archive.text(asked, { format, excel }, (chunk) => {
      bytes += chunk.length
      progress?.came(chunk)
      return take(chunk)
    })
  const rows =
    out === "-"
      ? yield* Effect.catchTag(text(takeToStdout), "ReaderLeft", () => Effect.succeed(0))
      : yield* replaceFile(out, text)
  return { rows, bytes }
})
