/** For tests: archives of either kind, with what exports from them, and two days of all that a cell can hold. */
import { Context, Effect, Layer } from "effect"
import { Archive } from "./Archive.ts"
import { loadDay } from "./BothArchives.fixture.ts"
import { csvTableExportLayer } from "./csv/CsvTableExport.ts"
import { dayEnd, encodingOf, freshFolder, runIdOf, writableFolder } from "./csv/CsvFolder.fixture.ts"
import { postgresTableExportLayer } from "./postgres/PostgresTableExport.ts"
import { openArchive, TestPostgres } from "./postgres/TestPostgres.fixture.ts"
import { TableExport } from "./TableExport.ts"

const host = "vodstation.example"

export const postgresExport = Effect.gen(function* () {
  const schema = yield* (yield* TestPostgres).freshSchema
  const context = yield* openArchive(schema)
  const archive = Context.get(context, Archive)
  yield* archive.prepare(host)
  const exporting = yield* Layer.build(
    Layer.fresh(postgresTableExportLayer).pipe(Layer.provide(Layer.succeedContext(context))),
  )
  return { schema, archive, exports: Context.get(exporting, TableExport) }
})

/** Exports from an archive that exists, as another role, whose password is `secret`. */
export const postgresExportAs = Effect.fnUntraced(function* (schema: string, role: string) {
  const url = new URL((yield* TestPostgres).url)
  url.username = role
  url.password = "secret"
  const context = yield* openArchive(schema, { url: url.href })
  const exporting = yield* Layer.build(
    Layer.fresh(postgresTableExportLayer).pipe(Layer.provide(Layer.succeedContext(context))),
  )
  return { exports: Context.get(exporting, TableExport) }
})

export const csvExport = (options: { readonly excel?: boolean } = {}) =>
  Effect.gen(function* () {
    const folder = yield* freshFolder
    const archive = yield* writableFolder(folder, options)
    return { schema: "", archive, exports: yield* exportsFrom(folder, archive) }
  })

export const exportsFrom = (folder: string, archive: Archive["Service"]) =>
  Effect.map(
    Layer.build(
      Layer.fresh(csvTableExportLayer(folder)).pipe(Layer.provide(Layer.succeed(Archive, archive))),
    ),
    (exporting) => Context.get(exporting, TableExport),
  )

/** Everything that a cell can hold and a careless writer gets wrong; 16 digits are more than a double keeps. */
const awkward = [
  encodingOf({
    filePath: "/드라마/한글 파일, 1화.mp4",
    categoryName: '뉴스 "속보"',
    outputTotalSize: 9_007_199_254_740_993n,
  }),
  encodingOf({ filePath: "", outputType: "", categoryName: "", link: null }),
  encodingOf({ filePath: "=1+1", categoryName: "line\nfeed", link: "carriage\rreturn", status: "both\r\n" }),
  encodingOf({
    filePath: "'=1",
    categoryName: " leading and trailing ",
    link: "tab\there; semicolon|pipe",
    status: "\\.",
  }),
  encodingOf({
    filePath: "@😀\u0001\u007f",
    categoryName: null,
    status: null,
    percent: null,
    outputTotalSize: null,
    lastWorkTime: null,
    anomalies: ['percent: "a, b"', "\u0001\u2028\\ 각"],
    raw: '{"a": "b,\\n",  "c":1.50}',
  }),
  encodingOf({
    filePath: "\t-1",
    percent: -0.5,
    lastWorkTime: dayEnd + 7,
    categoryId: -9_007_199_254_740_993n,
  }),
  encodingOf({ filePath: "\uFF1D1", percent: 1e-7 }),
]
const rejects = [
  { fingerprint: "a".repeat(64), reason: 'no "id"', payload: '{"filePath":"가\\n"}' },
  { fingerprint: "b".repeat(64), reason: "=", payload: "[]" },
]
const second = {
  workDate: "2021-09-13",
  rows: [encodingOf({ requestedFrom: dayEnd, requestedBefore: dayEnd + 86_400_000 })],
}
const run = {
  command: "backfill",
  startedAt: dayEnd,
  options: { from: "2021-09-12", "page-size": 1000, refresh: true },
  version: "0.1.0",
} as const
const ended = {
  finishedAt: dayEnd + 1,
  outcome: "complete",
  days: { planned: 1, skipped: 2, closed: 3, open: 4, failed: 5 },
  rows: { read: 6, inserted: 7, changed: 8, unchanged: 9, missing: 10, withdrawn: 11, rejected: 12 },
  requests: 13,
  retries: 14,
} as const

/** Two days, of which the first changed once. */
export const fill = Effect.fnUntraced(function* (archive: Archive["Service"]) {
  yield* archive.startRun({ ...run, runId: runIdOf(1) })
  yield* archive.startRun({ ...run, runId: runIdOf(2) })
  yield* loadDay(archive, { rows: awkward, rejects })
  yield* loadDay(archive, second)
  const changed = awkward.map((row, at) => (at < 2 ? { ...row, percent: 99.5 } : row))
  yield* loadDay(archive, { rows: changed, rejects, runId: runIdOf(2), readAt: dayEnd + 7_200_000 })
  yield* archive.finishRun(runIdOf(2), ended)
  yield* archive.keepFacts({ page_size_served: "1000" })
  yield* archive.recordFailure("2021-09-14", { runId: runIdOf(2) }, 'timed out, "twice"\nand again')
})
