/** An archive as its reader finds it, Postgres or CSV, so that one test can hold both to the same rules. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { Archive } from "@vodstation-etl/load/Archive"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import { parseCsv, readCsvColumns } from "./readCsvColumns.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { lineOf } from "./worldTruth.fixture.ts"

/** What the ledger says of a day. */
export interface LedgerView {
  readonly state: string
  readonly runId: string
  readonly error: string | null
}

export interface ArchiveView {
  readonly flags: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  /** Rows of each loaded day as the ledger tells, by date. */
  readonly ledger: () => Promise<Readonly<Record<string, number>>>
  /** All days of the ledger, by date. */
  readonly days: () => Promise<Readonly<Record<string, LedgerView>>>
  /** Rows that are there of each day, by date. */
  readonly counted: () => Promise<Readonly<Record<string, number>>>
  /** `lineOf` every row, sorted. */
  readonly lines: () => Promise<ReadonlyArray<string>>
  /** `lineOf` the rows that the API has not forgotten, sorted. */
  readonly presentLines: () => Promise<ReadonlyArray<string>>
  /** The texts of all rejects, as the API gave them, sorted. */
  readonly rejects: () => Promise<ReadonlyArray<string>>
  /** The outcomes of all runs, latest first; null where one was killed. */
  readonly outcomes: () => Promise<ReadonlyArray<string | null>>
  /** What a run that ended must not leave behind. */
  readonly remains: () => Promise<ReadonlyArray<string>>
}

const byDate = (rows: ReadonlyArray<{ readonly day: string; readonly rows: number }>) =>
  Object.fromEntries(rows.filter(({ rows }) => rows > 0).map(({ day, rows }) => [day, rows]))

const viewByDate = (days: ReadonlyArray<LedgerView & { readonly workDate: string }>) =>
  Object.fromEntries(
    days.map(({ workDate, state, runId, error }): [string, LedgerView] => [
      workDate,
      { state, runId, error },
    ]),
  )

const linesInPostgres = async (bench: Workbench, schema: string, condition: string) =>
  (
    await bench.select(
      schema,
      `SELECT category_id AS "categoryId", category_name AS "categoryName", file_path AS "filePath",
              output_type AS "outputType", link, output_total_size AS "outputTotalSize",
              last_work_time AS "lastWorkTime", status, percent FROM encoding WHERE ${condition}`,
    )
  )
    .map((row) => lineOf(row as never))
    .toSorted()

export const postgresView = (bench: Workbench, schema: string): ArchiveView => ({
  flags: [],
  env: bench.environment(schema),
  ledger: async () =>
    (await bench.schemaExists(schema))
      ? byDate(
          (await bench.select(
            schema,
            "SELECT work_date::text AS day, row_count::int AS rows FROM extraction_day WHERE row_count IS NOT NULL",
          )) as never,
        )
      : {},
  days: async () =>
    (await bench.schemaExists(schema))
      ? viewByDate(
          (await bench.select(
            schema,
            `SELECT work_date::text AS "workDate", state, run_id::text AS "runId", error FROM extraction_day`,
          )) as never,
        )
      : {},
  counted: async () =>
    (await bench.schemaExists(schema))
      ? byDate(
          (await bench.select(
            schema,
            "SELECT work_date::text AS day, count(*)::int AS rows FROM encoding GROUP BY 1",
          )) as never,
        )
      : {},
  lines: () => linesInPostgres(bench, schema, "true"),
  presentLines: () => linesInPostgres(bench, schema, "missing_since IS NULL"),
  rejects: async () =>
    (
      await bench.select(
        schema,
        "SELECT payload::text AS text FROM rejected_record, generate_series(1, count)",
      )
    )
      .map((row) => row["text"] as string)
      .toSorted(),
  outcomes: async () =>
    (await bench.select(schema, "SELECT outcome FROM extraction_run ORDER BY started_at DESC")).map(
      (row) => row["outcome"] as string | null,
    ),
  remains: async () =>
    (
      await bench.select(
        schema,
        "SELECT pid::text AS pid FROM pg_stat_activity WHERE application_name = 'vodstation-etl' AND datname = current_database() AND state LIKE 'idle in%'",
      )
    ).map((row) => `connection ${row["pid"]}`),
})

export const csvView = (bench: Workbench, name: string): ArchiveView => {
  const folder = join(bench.home, name)
  const reading = <A, E>(use: (archive: Archive["Service"]) => Effect.Effect<A, E>) =>
    Effect.runPromise(
      CsvArchive.make({ folder, timeZone: undefined, excel: undefined, access: "read" }).pipe(
        Effect.flatMap(use),
        Effect.scoped,
      ),
    )
  const encodings = () =>
    existsSync(join(folder, "encoding"))
      ? readdirSync(join(folder, "encoding")).map((file) => ({
          day: file.slice(0, 10),
          rows: readCsvColumns(readFileSync(join(folder, "encoding", file), "utf8")),
        }))
      : []
  return {
    flags: ["--archive", "csv", "--out", folder],
    env: bench.environment("unused"),
    ledger: () =>
      reading((archive) => archive.ledger()).then((days) =>
        byDate(
          days.flatMap((day) => (day.rowCount === null ? [] : [{ day: day.workDate, rows: day.rowCount }])),
        ),
      ),
    days: () => reading((archive) => archive.ledger()).then(viewByDate),
    counted: () =>
      reading((archive) => archive.rowCounts({ from: "0001-01-01", before: "9999-12-31" })).then((days) =>
        byDate(days.map(({ workDate, present, missing }) => ({ day: workDate, rows: present + missing }))),
      ),
    lines: async () =>
      encodings()
        .flatMap(({ rows }) => rows.map(lineOf))
        .toSorted(),
    presentLines: async () =>
      encodings()
        .flatMap(({ rows }) => rows.filter(({ isMissing }) => !isMissing).map(lineOf))
        .toSorted(),
    rejects: async () => {
      const rejected = join(folder, "rejected")
      if (!existsSync(rejected)) return []
      return readdirSync(rejected)
        .flatMap((file) => {
          const [head, ...records] = parseCsv(readFileSync(join(rejected, file), "utf8"))
          const [payload, count] = [head!.indexOf("payload"), head!.indexOf("count")]
          return records.flatMap((record) => Array<string>(Number(record[count])).fill(record[payload]!))
        })
        .toSorted()
    },
    outcomes: () =>
      reading((archive) => archive.runs(100)).then((runs) => runs.map((run) => run.end?.outcome ?? null)),
    remains: async () => [
      ...readdirSync(folder).filter((file) => file.startsWith(".lock")),
      ...readdirSync(join(folder, ".pending")),
    ],
  }
}
