/** What an export is to hold: a table or view with its range of days, or the SELECT of a file. */
import * as fs from "node:fs/promises"
import { text as readText } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import { errorCode } from "@vodstation-etl/load/errorCode"
import type { Asked, ExportableTable } from "@vodstation-etl/load/TableExport"
import { TableExport } from "@vodstation-etl/load/TableExport"
import { boundsOf } from "./boundsOf.ts"
import type { ExportFlags } from "./ExportFlags.ts"
import { InvalidFlag } from "./InvalidFlag.ts"
import { nearestName } from "./nearestName.ts"
import { reasonOf } from "./OutputFailed.ts"
import { timeoutOf } from "./timeoutOf.ts"
import { UnknownTable } from "./UnknownTable.ts"

/** `flags` are those that `checkExportFlags` lets through. */
export const askedOf = Effect.fnUntraced(function* (flags: ExportFlags) {
  if (flags.sql !== undefined) return yield* selectOf(flags.sql, flags.timeout ?? "10m")
  const table = yield* findTable(flags.table!, flags.archive === "csv")
  if (flags.partition !== undefined && !table.dated)
    return yield* new InvalidFlag({
      flag: "--partition",
      reason: `${table.name} has no column work_date to tell months by; leave it out`,
    })
  const asked: Asked = { table: table.name, ...(yield* daysOf(flags, table)) }
  return asked
})

const selectOf = Effect.fnUntraced(function* (file: string, timeout: string) {
  const select = yield* Effect.tryPromise({
    try: () => (file === "-" ? readText(process.stdin) : fs.readFile(file, "utf8")),
    catch: (cause) =>
      new InvalidFlag({
        flag: `--sql ${file}`,
        reason: errorCode(cause) === "ENOENT" ? "there is no such file" : reasonOf(cause),
      }),
  })
  const seconds = yield* timeoutOf(timeout)
  const asked: Asked = { select: select.replace(/^\uFEFF/, "").replace(/[\s;]+$/, ""), seconds }
  return asked
})

const findTable = Effect.fnUntraced(function* (name: string, isCsv: boolean) {
  const archive = yield* TableExport
  const tables = yield* archive.tables
  const found = tables.find((table) => table.name === name)
  if (found !== undefined) return found
  const names = tables.map((table) => table.name)
  return yield* new UnknownTable({
    table: name,
    archive: archive.place,
    isCsv,
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
  const { from, before } = yield* boundsOf(flags, (yield* TableExport).timeZone)
  if (!dated && (from !== undefined || before !== undefined)) {
    return yield* new InvalidFlag({
      flag: from === undefined ? "--to" : "--from",
      reason: `${name} has no column work_date to narrow it by; leave it out`,
    })
  }
  return { from, before }
})
