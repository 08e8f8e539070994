/**
 * `pnpm bench export-csv`: the whole program exporting the table `encoding`, start-up and sync included, against psql's
 * `\copy` of the very same query, which syncs nothing, and of the bare table in the same order. The two files are compared.
 */
import { execFile, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { ExportColumn, exportQuery } from "@vodstation-etl/load/postgres/exportQuery"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { sqlStatement } from "@vodstation-etl/load/postgres/sqlStatement"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { machine } from "../machine.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { fillEncoding } from "../fillEncoding.ts"

const schema = "bench_export"
const program = join(import.meta.dirname, "../../../apps/runner/src/main.ts")
const peer = join(import.meta.dirname, "../../peers/copyToFile.ts")
const hasPsql = spawnSync("psql", ["--version"]).status === 0
const run = promisify(execFile)

interface Round {
  readonly ours: number
  readonly copy: number
  readonly bare: number
}

export const exportCsvBench = Effect.fn("exportCsvBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
}) {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "vodstation-bench-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
  )
  const { url } = yield* useEmbeddedPostgres(folder)
  const columns = yield* Effect.gen(function* () {
    yield* fillEncoding(options.rows)
    return yield* (yield* PostgresDatabase).select(ExportColumn, sqlStatement("selectColumns"), [schema])
  }).pipe(Effect.provide(postgresArchiveLayer({ target: url, schema, timeZone: undefined })))
  const asked = { table: "encoding", from: undefined, before: undefined }
  const same = exportQuery(
    columns.filter(({ table }) => table === asked.table),
    asked,
    { format: "csv", excel: false },
  ).replaceAll("\n", " ")
  const bare = "SELECT * FROM encoding ORDER BY work_date, category_id, file_path, output_type, occurrence"
  const [ourFile, copyFile] = [join(folder, "ours.csv"), join(folder, "copy.csv")]
  const env = { ...process.env, ...postgresVariables(url) }
  const timed = (command: string, args: ReadonlyArray<string>, more: Readonly<Record<string, string>> = {}) =>
    Effect.promise(async () => {
      const started = performance.now()
      await run(command, [...args], { env: { ...env, ...more } })
      return (performance.now() - started) / 1000
    })
  const ours = timed(process.execPath, [program, "export", "encoding", "--out", ourFile], {
    DATABASE_URL: Redacted.value(url),
    VODSTATION_SCHEMA: schema,
  })
  const copy = (query: string) =>
    hasPsql
      ? timed("psql", ["-X", "-q", "-c", `\\copy (${query}) to '${copyFile}' with (format csv, header)`])
      : timed(process.execPath, [peer, query, copyFile])

  yield* Console.error(`${options.repetitions} rounds of export and two of \\copy, after a warm-up`)
  yield* ours
  const rounds: Array<Round> = []
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    const first = repetition % 2 === 0 ? yield* ours : undefined
    const bareSeconds = yield* copy(bare)
    const copySeconds = yield* copy(same)
    rounds.push({ ours: first ?? (yield* ours), copy: copySeconds, bare: bareSeconds })
    yield* Console.error(`  ${repetition + 1} of ${options.repetitions} done`)
  }
  const alike = readFileSync(ourFile).equals(readFileSync(copyFile))
  yield* Console.log(report(options.rows, statSync(ourFile).size, alike, rounds))
}, Effect.scoped)

/** Where psql finds the database, with the settings of our own connections (load, PostgresDatabase). */
const postgresVariables = (url: Redacted.Redacted): Readonly<Record<string, string>> => {
  const { hostname, port, username, password, pathname } = new URL(Redacted.value(url))
  return {
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
    PGOPTIONS: `-c search_path=${schema} -c TimeZone=UTC -c jit=off -c work_mem=32MB`,
  }
}

const report = (rows: number, bytes: number, alike: boolean, rounds: ReadonlyArray<Round>): string => {
  const copier = hasPsql ? "psql \\copy" : "COPY by pg-copy-streams (there is no psql)"
  const line = (title: string, seconds: (round: Round) => number, held: string) => [
    title,
    spreadText(spreadOf(rounds.map(seconds))),
    spreadOf(rounds.map((round) => bytes / 1e6 / seconds(round))).median.toFixed(0),
    spreadText(ratiosOf(rounds.map((round) => [seconds(round), round.ours]))),
    held,
  ]
  return [
    `Measured on ${machine()}: ${rows.toLocaleString("en-US")} rows, ${(bytes / 1e6).toFixed(0)} MB.`,
    tableOf(
      ["whole process", "seconds", "MB/s", "speed of export to its", "held against"],
      [
        line("export", (round) => round.ours, ""),
        line(`${copier}, same query`, (round) => round.copy, "at least 0.8"),
        line(`${copier}, bare table in order`, (round) => round.bare, ""),
      ],
    ),
    alike ? "The files of the same query are equal." : "THE FILES OF THE SAME QUERY DIFFER.",
  ].join("\n")
}
