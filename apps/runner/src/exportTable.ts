/** `export`: any table or view of the archive to one CSV file, or to standard output. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { parseBound } from "@vodstation-etl/core/parseBound"
import { timeZone } from "@vodstation-etl/core/WorkDay"
import type { ExportableTable, TakeChunk } from "@vodstation-etl/load/TableExport"
import { TableExport } from "@vodstation-etl/load/TableExport"
import { archiveLayer, postgresLayer } from "./archiveLayer.ts"
import { InvalidFlag } from "./InvalidFlag.ts"
import { nearestName } from "./nearestName.ts"
import { observed } from "./observed.ts"
import { replaceFile } from "./replaceFile.ts"
import type { Settings } from "./Settings.ts"
import { readSettings } from "./Settings.ts"
import { takeToStdout } from "./takeToStdout.ts"
import { UnknownTable } from "./UnknownTable.ts"

export interface ExportFlags {
  readonly table: string
  readonly format: "csv"
  readonly out: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly archive: "postgres" | "csv"
  readonly archiveDir: string | undefined
  readonly excel: boolean
  readonly json: boolean
  readonly quiet: boolean
}

export const exportTable = Effect.fnUntraced(function* (flags: ExportFlags) {
  const settings = yield* readSettings()
  yield* checkFlags(flags)
  yield* Effect.gen(function* () {
    const archive = yield* TableExport
    const table = yield* findTable(flags.table)
    const days = yield* daysOf(flags, table)
    const request = { table: table.name, ...days, excel: flags.excel }
    let bytes = 0
    const counting =
      <E>(take: TakeChunk<E, never>): TakeChunk<E, never> =>
      (chunk) => {
        bytes += chunk.length
        return take(chunk)
      }
    if (flags.out === "-") {
      yield* Effect.catchTag(archive.csv(request, takeToStdout), "ReaderLeft", () => Effect.void)
      return
    }
    const started = yield* Clock.currentTimeMillis
    const rows = yield* replaceFile(flags.out, (take) => archive.csv(request, counting(take)))
    if (flags.quiet && !flags.json) return
    const seconds = ((yield* Clock.currentTimeMillis) - started) / 1000
    yield* Effect.annotateCurrentSpan({ table: table.name, rows, bytes })
    yield* Console.log(
      flags.json
        ? JSON.stringify({ command: "export", table: table.name, out: flags.out, rows, bytes, seconds })
        : `${flags.out}: ${rows.toLocaleString("en-US")} ${rows === 1 ? "row" : "rows"} of ${table.name}, ${megabytes(bytes)} MB in ${seconds.toFixed(1)} s`,
    )
  }).pipe(Effect.provide(exportLayer(flags, settings)))
}, observed("export"))

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

const checkFlags = Effect.fnUntraced(function* (flags: ExportFlags) {
  if (flags.archive === "csv" && flags.archiveDir === undefined) {
    return yield* new InvalidFlag({
      flag: "--archive csv",
      reason: "needs --archive-dir DIR, the folder of the archive (--out is the file to write)",
    })
  }
  if (flags.archive === "postgres" && flags.archiveDir !== undefined) {
    return yield* new InvalidFlag({ flag: "--archive-dir", reason: "goes with --archive csv" })
  }
  if (flags.json && flags.out === "-") {
    return yield* new InvalidFlag({
      flag: "--json",
      reason: "standard output is taken by --out -; give a file",
    })
  }
})

const exportLayer = (flags: ExportFlags, settings: Settings) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const use = { access: "read" } as const
      if (flags.archive === "csv") {
        const { csvTableExportLayer } = yield* Effect.promise(
          () => import("@vodstation-etl/load/csv/CsvTableExport"),
        )
        const choice = {
          archive: "csv",
          out: Option.fromUndefinedOr(flags.archiveDir),
          excel: undefined,
        } as const
        return csvTableExportLayer(flags.archiveDir!).pipe(Layer.provide(archiveLayer(choice, settings, use)))
      }
      const { postgresTableExportLayer } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/PostgresTableExport"),
      )
      return postgresTableExportLayer.pipe(Layer.provide(postgresLayer(settings, use)))
    }),
  )

const findTable = Effect.fnUntraced(function* (name: string) {
  const archive = yield* TableExport
  const tables = yield* archive.tables
  const found = tables.find((table) => table.name === name)
  if (found !== undefined) return found
  const names = tables.map((table) => table.name)
  return yield* new UnknownTable({
    table: name,
    archive: archive.place,
    tables: names,
    nearest: nearestName(name, names),
    elsewhere: archive.elsewhere.includes(name),
  })
})

/** The work days that were asked for. */
const daysOf = Effect.fnUntraced(function* (
  flags: Pick<ExportFlags, "from" | "to">,
  { name, dated }: ExportableTable,
) {
  const zone = Option.getOrThrow(timeZone((yield* TableExport).timeZone))
  const now = yield* Clock.currentTimeMillis
  const bound = (flag: "--from" | "--to", text: string) =>
    Effect.fromResult(parseBound(flag, text, zone, now))
  const from = flags.from === undefined ? undefined : yield* bound("--from", flags.from)
  const before = flags.to === undefined ? undefined : yield* bound("--to", flags.to)
  if (!dated && (from !== undefined || before !== undefined)) {
    return yield* new InvalidFlag({
      flag: from === undefined ? "--to" : "--from",
      reason: `${name} has no column work_date to narrow it by; leave it out`,
    })
  }
  if (from !== undefined && before !== undefined && from >= before) {
    return yield* new InvalidFlag({
      flag: "--from",
      reason: `${from} is not before --to ${before}: the range holds no day (--to is the day after the last one)`,
    })
  }
  return { from, before }
})
