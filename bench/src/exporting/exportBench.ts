/**
 * `pnpm bench export`: the whole program, as it is published, exporting the table `encoding`, start-up and sync included.
 * CSV against psql's `\copy` of the very same query, which syncs nothing, and of the bare table in the same order; Parquet
 * against the same `\copy` of the bare table and DuckDB by hand; and the peak memory of each format at three times the rows.
 */
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { machine } from "../machine.ts"
import { publishedProgram } from "../processes/publishedProgram.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { copierName, exportPrograms } from "./exportPrograms.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const formats = ["csv", "ndjson", "parquet"] as const

interface Round {
  readonly csv: number
  readonly copy: number
  readonly bare: number
  readonly parquet: number
  readonly convert: number
}

export const exportBench = Effect.fn("exportBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
}) {
  const { rows, repetitions } = options
  const folder = yield* temporaryFolder
  const program = yield* publishedProgram
  const { url } = yield* useEmbeddedPostgres(folder)
  const { ours, copySame, copyBare, convert, peak } = yield* exportPrograms(
    program,
    folder,
    url,
    "bench_export",
    rows,
  )
  yield* Console.error(
    `${repetitions} rounds of two exports, two of \\copy and one of DuckDB, after a warm-up`,
  )
  yield* ours("csv")
  yield* ours("parquet")
  const rounds: Array<Round> = []
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const before = repetition % 2 === 0 ? yield* both(ours) : undefined
    const [bare, converted, copy] = [yield* copyBare, yield* convert, yield* copySame]
    rounds.push({ ...(before ?? (yield* both(ours))), bare, convert: converted, copy })
    yield* Console.error(`  ${repetition + 1} of ${repetitions} done`)
  }
  const ourFile = join(folder, "ours.csv")
  const alike = readFileSync(ourFile).equals(readFileSync(join(folder, "copy.csv")))
  yield* Console.log(speeds(rows, statSync(ourFile).size, alike, rounds))

  yield* Console.error(`three times as many rows, for the memory that they take`)
  const larger = yield* exportPrograms(program, folder, url, "bench_export_larger", 3 * rows)
  const peaks: Array<ReadonlyArray<string>> = []
  for (const format of formats) {
    const taken: Array<readonly [number, number]> = []
    for (let round = 0; round < Math.min(repetitions, 3); round++)
      taken.push([yield* peak(format), yield* larger.peak(format)])
    const takenAt = (at: 0 | 1) => spreadText(spreadOf(taken.map((peaks) => peaks[at] / 1e6)), 0)
    const ratio = spreadText(ratiosOf(taken.map(([small, large]) => [large, small])))
    peaks.push([format, takenAt(0), takenAt(1), ratio, "at most 1.2"])
  }
  const size = (count: number) => `MB at ${count.toLocaleString("en-US")} rows`
  yield* Console.log(tableOf(["peak memory", size(rows), size(3 * rows), "ratio", "held against"], peaks))
}, Effect.scoped)

const both = <E, R>(ours: (format: "csv" | "parquet") => Effect.Effect<number, E, R>) =>
  Effect.all({ csv: ours("csv"), parquet: ours("parquet") })

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0)

const speeds = (rows: number, bytes: number, alike: boolean, rounds: ReadonlyArray<Round>): string => {
  const line = (
    title: string,
    seconds: (round: Round) => number,
    export_: (round: Round) => number,
    held: string,
  ) => [
    title,
    spreadText(spreadOf(rounds.map(seconds))),
    spreadText(ratiosOf(rounds.map((round) => [seconds(round), export_(round)]))),
    held,
  ]
  const csv = (round: Round) => round.csv
  const parquet = (round: Round) => round.parquet
  return [
    `Measured on ${machine()}: ${rows.toLocaleString("en-US")} rows, ${megabytes(bytes)} MB of CSV.`,
    tableOf(
      ["whole process", "seconds", "speed of export to its", "held against"],
      [
        line("export --format csv", csv, csv, ""),
        line(`${copierName}, same query`, (round) => round.copy, csv, "at least 0.8"),
        line(`${copierName}, bare table in order`, (round) => round.bare, csv, ""),
        line("export --format parquet", parquet, parquet, ""),
        line(
          `${copierName}, bare table in order, then DuckDB`,
          (round) => round.bare + round.convert,
          parquet,
          "at least 0.9",
        ),
      ],
    ),
    alike ? "The CSV files of the same query are equal." : "THE CSV FILES OF THE SAME QUERY DIFFER.",
  ].join("\n")
}
