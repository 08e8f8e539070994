/** The programs that `pnpm bench export` holds against each other, each a process of its own, on a schema that is filled first. */
import { execFile, spawnSync } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { ExportColumn, exportQuery } from "@vodstation-etl/load/postgres/exportQuery"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { sqlStatement } from "@vodstation-etl/load/postgres/sqlStatement"
import { fillEncoding } from "../fillEncoding.ts"
import { type MeasuredProgram, runMeasured } from "../processes/measureProgram.ts"

const peers = join(import.meta.dirname, "../../peers")
const hasPsql = spawnSync("psql", ["--version"]).status === 0
const run = promisify(execFile)

export const copierName = hasPsql ? "psql \\copy" : "COPY by pg-copy-streams (there is no psql)"

/** Whole seconds of each, and of an export the peak memory. */
export const exportPrograms = Effect.fn("exportPrograms")(function* (
  program: Pick<MeasuredProgram, "path" | "env">,
  folder: string,
  url: Redacted.Redacted,
  schema: string,
  rows: number,
) {
  const columns = yield* Effect.gen(function* () {
    yield* fillEncoding(rows)
    return yield* (yield* PostgresDatabase).select(ExportColumn, sqlStatement("selectColumns"), [schema])
  }).pipe(Effect.provide(postgresArchiveLayer({ target: url, schema, timeZone: undefined })))
  const asked = { table: "encoding", from: undefined, before: undefined }
  const same = exportQuery(
    columns.filter(({ table }) => table === asked.table),
    asked,
    { format: "csv", excel: false },
  ).replaceAll("\n", " ")
  const bare = "SELECT * FROM encoding ORDER BY work_date, category_id, file_path, output_type, occurrence"
  const env = { ...process.env, ...postgresVariables(url, schema) }
  const timed = (command: string, args: ReadonlyArray<string>) =>
    Effect.promise(async () => {
      const started = performance.now()
      await run(command, [...args], { env })
      return (performance.now() - started) / 1000
    })
  const copy = (query: string, file: string) =>
    hasPsql
      ? timed("psql", ["-X", "-q", "-c", `\\copy (${query}) to '${file}' with (format csv, header)`])
      : timed(process.execPath, [join(peers, "copyToFile.ts"), query, file])
  const exporting = (format: string) =>
    runMeasured({
      path: program.path,
      args: ["export", "encoding", "--format", format, "--out", join(folder, `ours.${format}`), "--json"],
      env: { ...program.env, DATABASE_URL: Redacted.value(url), VODSTATION_SCHEMA: schema },
    })
  const bareFile = join(folder, "bare.csv")
  return {
    ours: (format: string) => Effect.map(exporting(format), ({ wholeSeconds }) => wholeSeconds),
    copySame: copy(same, join(folder, "copy.csv")),
    copyBare: copy(bare, bareFile),
    convert: timed(process.execPath, [
      join(peers, "csvToParquet.ts"),
      bareFile,
      join(folder, "hand.parquet"),
    ]),
    /** Bytes. */
    peak: (format: string) =>
      Effect.flatMap(exporting(format), ({ lines }) =>
        Effect.map(
          Schema.decodeUnknownEffect(Schema.Struct({ peakBytes: Schema.Finite }))(lines.at(-1)),
          ({ peakBytes }) => peakBytes,
        ),
      ),
  }
})

/** Where psql finds the database, with the settings of our own connections (load, PostgresDatabase). */
const postgresVariables = (url: Redacted.Redacted, schema: string): Readonly<Record<string, string>> => {
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
