/** Rows that fulfil a condition are exported alike from both archives, as in the whole table, whatever its parameters hold. */
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { csvExport, fill, postgresExport } from "./ExportedArchive.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"
import type { DayRange, RowCondition, TableExport } from "./TableExport.ts"

const textOf = (
  exports: TableExport["Service"],
  asked: { readonly table: string; readonly rows?: RowCondition } & DayRange,
  excel = false,
) =>
  Effect.gen(function* () {
    let text = ""
    const count = yield* exports.text(asked, { format: "csv", excel }, (chunk) =>
      Effect.sync(() => {
        text += Buffer.from(chunk).toString()
      }),
    )
    return { text, count }
  })

const day = { from: "2021-09-12", before: undefined }
const everyRow = { sql: "true", parameters: [], seconds: 60 }

const conditions: ReadonlyArray<readonly [sql: string, parameters: ReadonlyArray<string>, rows: number]> = [
  ["work_date = $1::date", ["2021-09-12"], 7],
  ["file_path = $1::text AND category_id = $2::bigint", ["/드라마/한글 파일, 1화.mp4", "1"], 1],
  ["category_id = $1::bigint", ["-9007199254740993"], 1],
  ["file_path = $1::text AND work_date = $2::date", ["'=1", "2021-09-12"], 1],
  ["file_path = $1::text", ["'; DROP TABLE encoding; -- $2 \\"], 0],
  ["(file_path, output_type) > ($1::text, $2::text)", ["=1+1", ""], 3],
  ["coalesce(status, '') = $1::text", [""], 1],
]

layer(TestPostgres.layer, { excludeTestServices: true })("rows that fulfil a condition", (it) => {
  it.effect.each(conditions)("%s of %j are the same from both archives", ([sql, parameters, expected]) =>
    Effect.gen(function* () {
      const rows = { sql, parameters, seconds: 60 }
      const texts: Array<string> = []
      for (const open of [postgresExport, csvExport()]) {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const { text, count } = yield* textOf(exports, { table: "encoding", ...day, rows })
        expect(count).toBe(expected)
        const whole = yield* textOf(exports, { table: "encoding", ...day })
        expect(whole.text.startsWith(text.slice(0, text.indexOf("\n") + 1))).toBe(true)
        texts.push(text)
      }
      expect(texts[1]).toBe(texts[0])
    }),
  )

  it.effect.each(["encoding", "encoding_timeline"])("are all of %s where it is fulfilled by all", (table) =>
    Effect.gen(function* () {
      for (const [open, excel] of [
        [postgresExport, false],
        [csvExport(), false],
        [csvExport({ excel: true }), true],
      ] as const) {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const some = yield* textOf(exports, { table, ...day, rows: everyRow }, excel)
        expect(some).toEqual(yield* textOf(exports, { table, ...day }, excel))
        expect(yield* exports.excel).toBe(excel)
      }
    }),
  )

  it.effect("are not waited for longer than they may take", () =>
    Effect.gen(function* () {
      const sql =
        "(SELECT count(*) FROM generate_series(1, 10000000) AS a(x), generate_series(1, 10000000) AS b(y) WHERE x + y = 0) = 0"
      for (const open of [postgresExport, csvExport()]) {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const rows = { sql, parameters: [], seconds: 0.5 }
        const error = yield* Effect.flip(textOf(exports, { table: "encoding", ...day, rows }))
        expect(error).toMatchObject({ _tag: "ArchiveFailed" })
      }
    }),
  )
})
