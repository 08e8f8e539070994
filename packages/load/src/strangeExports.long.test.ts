/** Every table and view of archives that a stranger may bring, from both kinds of archive and in every format. */
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { csvExport, postgresExport } from "./ExportedArchive.fixture.ts"
import { exportedParquet } from "./ExportedParquet.fixture.ts"
import { exportedText, readByParser } from "./exportedText.fixture.ts"
import { typesOf } from "./exportedTypes.fixture.ts"
import { strangeArchives } from "./strangeArchives.fixture.ts"
import { fillTenYears, fillTenYearsOfFiles } from "./tenYears.fixture.ts"
import type { TableExport } from "./TableExport.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const all = { from: undefined, before: undefined }

/** A table in all formats, each of which must say the same; its CSV. */
const exported = (exports: TableExport["Service"], table: string) =>
  Effect.gen(function* () {
    const csv = yield* exportedText(exports, table)
    const [head, ...records] = readByParser({ text: csv.text, excel: false })
    const lines = yield* exportedText(exports, table, { format: "ndjson" })
    const objects = lines.text.split("\n").slice(0, -1)
    const parquet = yield* exportedParquet(exports, { table, ...all })
    expect([table, parquet.files, parquet.types]).toEqual([table, ["data.parquet"], typesOf[table]])
    expect([table, head]).toEqual([table, Object.keys(parquet.types)])
    const counts = [csv.rows, records.length, lines.rows, objects.length, parquet.rows, parquet.cells.length]
    expect([table, ...counts]).toEqual([table, ...counts.map(() => csv.rows)])
    for (const [at, line] of objects.entries()) {
      const told = Object.entries(JSON.parse(line) as Record<string, unknown>)
      expect(told.map(([name]) => name)).toEqual(head)
      const numbers = told.flatMap(([, value], column) => (typeof value === "number" ? [column] : []))
      for (const column of numbers) {
        const cells = [told[column]![1], records[at]![column], parquet.cells[at]![column]]
        expect([table, ...cells.map(Number)]).toEqual([table, ...cells.map(() => Number(cells[0]))])
      }
      const nulls = told.flatMap(([, value], column) => (value === null ? [column] : []))
      expect(parquet.cells[at]!.flatMap((cell, column) => (cell === null ? [column] : []))).toEqual(nulls)
    }
    return csv
  })

layer(TestPostgres.layer, { excludeTestServices: true })("every table and view", (it) => {
  for (const [name, { fill, rows }] of Object.entries(strangeArchives)) {
    it.effect(`of an archive ${name} is the same from both kinds, in each format`, () =>
      Effect.gen(function* () {
        const found = yield* Effect.forEach([postgresExport, csvExport()], (open) =>
          Effect.gen(function* () {
            const { archive, exports } = yield* open
            yield* fill(archive)
            const texts: Record<string, { readonly rows: number; readonly text: string }> = {}
            for (const table of Object.keys(typesOf)) texts[table] = yield* exported(exports, table)
            return texts
          }),
        )
        const { archive_setting, ...counted } = found[0]!
        expect(Object.fromEntries(Object.entries(counted).map(([table, { rows }]) => [table, rows]))).toEqual(
          {
            ...Object.fromEntries(Object.keys(counted).map((table) => [table, 0])),
            ...rows,
          },
        )
        expect(archive_setting!.rows).toBeGreaterThan(0)
        expect(found[1]).toEqual(found[0])
      }),
    )

    it.effect(`of an archive ${name} is cut into the months that it has`, () =>
      Effect.gen(function* () {
        for (const open of [postgresExport, csvExport()]) {
          const { archive, exports } = yield* open
          yield* fill(archive)
          for (const table of ["encoding", "daily_outcome", "rejected_record", "coverage"]) {
            const months = yield* exportedParquet(exports, { table, ...all }, true)
            expect([table, months.rows, months.cells.length]).toEqual([
              table,
              rows[table] ?? 0,
              rows[table] ?? 0,
            ])
            expect(months.types).toEqual({ ...typesOf[table], month: "VARCHAR" })
            // Where there are no rows a reader of the folder still finds the columns.
            const month = months.rows === 0 ? "__HIVE_DEFAULT_PARTITION__" : "2021-09"
            expect(months.files).toEqual([`month=${month}/data_0.parquet`])
          }
        }
      }),
    )
  }

  for (const [which, open, fill] of [
    ["Postgres", postgresExport, fillTenYears],
    ["CSV files", csvExport(), fillTenYearsOfFiles],
  ] as const) {
    it.effect(`of ten years in ${which} has every day, and is cut into 120 months`, () =>
      Effect.gen(function* () {
        const { archive, exports, schema } = yield* open
        yield* fill(archive, which === "Postgres" ? schema : exports.place)
        for (const table of ["encoding", "coverage", "daily_outcome"]) {
          // Views ask all files of the archive each time, so that one format more than the months has to be enough.
          const whole = yield* table === "encoding" ? exported(exports, table) : exportedText(exports, table)
          expect([table, whole.rows]).toEqual([table, 3_653])
          const { rows, files, select } = yield* exportedParquet(exports, { table, ...all }, true)
          expect([table, rows, files.length]).toEqual([table, 3_653, 120])
          const wrong = "SELECT count(*) FROM PARQUET WHERE month <> strftime(work_date, '%Y-%m')"
          expect(yield* Effect.promise(() => select(wrong))).toEqual([[0n]])
        }
      }),
    )
  }
})
