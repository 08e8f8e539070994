/**
 * `pnpm bench load`: days into Postgres, fresh, unchanged and with a tenth of their rows changed, against a floor: a bare COPY
 * of the same rows, fed and encoded by the same code, a commit a day, into an empty table with the same columns, key and
 * indexes. Beside them the usual ways of writing rows twice without harm. All take turns in one run; making the rows is not timed.
 */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Archive } from "@vodstation-etl/load/Archive"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { copyChunks, newDayLine } from "@vodstation-etl/load/postgres/copyLines"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { sqlStatement } from "@vodstation-etl/load/postgres/sqlStatement"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import type { UsualWay } from "../../peers/writeRows.ts"
import { usualWays } from "../../peers/writeRows.ts"
import { machine } from "../machine.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { encodingsOfDay } from "./encodingsOfDay.ts"
import type { LoadedDay } from "./loadIntoArchive.ts"
import { loadIntoArchive } from "./loadIntoArchive.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const schema = "bench_load"
const firstDay = "2021-09-01"
const rowsPerDay = 20_000
const readAt = Date.parse("2026-01-01T00:00:00Z")
const runId = "00000000-0000-4000-8000-000000000001"
const floor = "floor"

/** Rows a second of one way of loading, in each round. */
type Rates = Map<string, Array<number>>

export const loadBench = Effect.fn("loadBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
}) {
  const folder = yield* temporaryFolder
  const { url } = yield* useEmbeddedPostgres(folder)
  const client = yield* connect(url)
  const perDay = Math.min(rowsPerDay, options.rows)
  const days = Array.from({ length: Math.ceil(options.rows / perDay) }, (_, day) => addDays(firstDay, day))
  const rates: Rates = new Map()
  const timed = Effect.fnUntraced(function* <E, R>(
    title: string,
    dates: ReadonlyArray<string>,
    write: (day: LoadedDay) => Effect.Effect<unknown, E, R>,
    changedPercent = 0,
  ) {
    let seconds = 0
    for (const date of dates) {
      const day = { date, rows: encodingsOfDay(date, perDay, changedPercent) }
      const startedAt = performance.now()
      yield* write(day)
      seconds += (performance.now() - startedAt) / 1_000
    }
    rates.set(title, [...(rates.get(title) ?? []), (dates.length * perDay) / seconds])
  })

  const inArchive = Effect.fnUntraced(function* () {
    yield* Effect.promise(() => client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`))
    yield* Effect.gen(function* () {
      yield* (yield* Archive).prepare("vodstation.example")
      yield* Effect.promise(() => client.query(`SET search_path TO ${schema}; SET TimeZone TO 'UTC'`))
      yield* emptyTable(client, floor)
      yield* timed(floor, days, (day) => copyDay(client, day))
      yield* timed("fresh", days, (day) => loadIntoArchive(day, "a", readAt))
      yield* timed("unchanged", days, (day) => loadIntoArchive(day, "a", readAt + 1_000))
      yield* timed("a tenth changed", days, (day) => loadIntoArchive(day, "b", readAt + 2_000), 10)
      for (const way of usualWays) {
        yield* emptyTable(client, "peer")
        yield* timed(way.title, daysFor(way, days, perDay), (day) =>
          Effect.promise(() =>
            way.write(
              client,
              "peer",
              day.rows.map((row) => valuesOf(day.date, row)),
            ),
          ),
        )
      }
    }).pipe(Effect.provide(postgresArchiveLayer({ target: url, schema, timeZone: undefined })))
  })

  yield* Console.error(`${options.repetitions} rounds of ${days.length} days with ${perDay} rows each`)
  for (let round = 0; round < options.repetitions; round++) {
    yield* inArchive()
    yield* Console.error(`  ${round + 1} of ${options.repetitions} done`)
  }
  yield* Console.log(report(days.length * perDay, rates))
}, Effect.scoped)

const connect = (url: Redacted.Redacted) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new pg.Client({ connectionString: Redacted.value(url) })
      await client.connect()
      return client
    }),
    (client) => Effect.promise(() => client.end()),
  )

const emptyTable = (client: pg.Client, name: string) =>
  Effect.promise(() =>
    client.query(
      `DROP TABLE IF EXISTS ${name}; CREATE TABLE ${name} (LIKE encoding INCLUDING ALL); CHECKPOINT`,
    ),
  )

const copyDay = (client: pg.Client, { date, rows }: LoadedDay) =>
  Effect.promise(async () => {
    const line = newDayLine(date, { readAt, runId })
    await client.query("BEGIN")
    await new Promise<void>((resolve, reject) => {
      const copy = client.query(
        copyFrom(sqlStatement("copyNewDay").replace("COPY encoding", `COPY ${floor}`)),
      )
      copy.on("error", reject).on("finish", resolve)
      for (const chunk of copyChunks(rows.values().map((row) => line(row, 1)))) copy.write(chunk)
      copy.end()
    })
    await client.query("COMMIT")
  })

const daysFor = ({ mostRows = Infinity }: UsualWay, days: ReadonlyArray<string>, perDay: number) =>
  days.slice(0, Math.max(1, Math.floor(mostRows / perDay)))

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
const number = (value: bigint | number | null) => (value === null ? null : String(value))

const valuesOf = (date: string, row: LoadedDay["rows"][number]) => [
  ...[
    date,
    String(row.categoryId),
    row.filePath,
    row.outputType,
    "1",
    row.categoryName,
    row.status,
    row.link,
  ],
  ...[number(row.percent), number(row.outputTotalSize), time(row.lastWorkTime)],
  ...[time(row.requestedFrom), time(row.requestedBefore), "{}", time(readAt), time(readAt), runId],
]

const held: Readonly<Record<string, string>> = {
  fresh: "at least 0.9",
  unchanged: "at least 3",
  "a tenth changed": "at least 0.6",
}

const report = (rows: number, rates: Rates): string => {
  const ofFloor = rates.get(floor)!
  return [
    `Measured on ${machine()}: ${rows.toLocaleString("en-US")} rows in days of up to ${rowsPerDay.toLocaleString("en-US")}, embedded Postgres.`,
    tableOf(
      ["", "rows a second", "of the floor's speed", "held against"],
      [...rates].map(([title, rates]) => [
        title === floor ? "the floor: bare COPY into an empty table" : title,
        Math.round(spreadOf(rates).median).toLocaleString("en-US"),
        spreadText(ratiosOf(rates.map((rate, round) => [rate, ofFloor[round]!]))),
        held[title] ?? "",
      ]),
    ),
  ].join("\n")
}
