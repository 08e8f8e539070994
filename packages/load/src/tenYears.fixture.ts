/** For tests: archives of ten years with a row a day, made of one day that was loaded, since to load 3,653 takes a minute. */
import * as fs from "node:fs"
import * as path from "node:path"
import { Effect } from "effect"
import type { Archive } from "./Archive.ts"
import { loadDay, rowsOf } from "./BothArchives.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const firstDay = "2011-01-01"
const lastDay = "2020-12-31"
const otherDays = Array.from({ length: 3_652 }, (_, day) =>
  new Date(Date.parse(firstDay) + (day + 1) * 86_400_000).toISOString().slice(0, 10),
)

const loadFirst = (archive: Archive["Service"]) => loadDay(archive, { workDate: firstDay, rows: rowsOf(1) })

export const fillTenYears = Effect.fnUntraced(function* (archive: Archive["Service"], schema: string) {
  const { query } = yield* TestPostgres
  yield* loadFirst(archive)
  for (const table of ["encoding", "extraction_day"])
    yield* query(
      `INSERT INTO ${schema}.${table}
        SELECT (jsonb_populate_record(first, jsonb_build_object('work_date', day::date))).*
        FROM ${schema}.${table} AS first, generate_series('${firstDay}'::timestamp + '1 day'::interval, '${lastDay}', '1 day') AS day`,
    )
})

/** Of a CSV archive; `folder` is the archive's. */
export const fillTenYearsOfFiles = Effect.fnUntraced(function* (archive: Archive["Service"], folder: string) {
  yield* loadFirst(archive)
  for (const name of ["encoding", "encoding_provenance"]) {
    const text = fs.readFileSync(path.join(folder, name, `${firstDay}.csv`), "utf8")
    for (const day of otherDays)
      fs.writeFileSync(path.join(folder, name, `${day}.csv`), text.replaceAll(firstDay, day))
  }
  const ledger = path.join(folder, "ledger.csv")
  const [head, first] = fs.readFileSync(ledger, "utf8").split("\n")
  const days = [firstDay, ...otherDays].map((day) => first!.replace(firstDay, day))
  fs.writeFileSync(ledger, `${[head, ...days].join("\n")}\n`)
})
