/**
 * `pnpm bench questions`: how long the archive's views take for ninety days of a large archive, with the server's own settings,
 * as a BI tool would ask; and what each index of `encoding` costs the load of a day.
 */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import pg from "pg"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { fillEncoding, filledRowsPerDay } from "../fillEncoding.ts"
import { machine } from "../machine.ts"
import { spreadOf, spreadText } from "../Spread.ts"
import { questions } from "./questions.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const schema = "bench_questions"
const firstDay = "2024-01-01"
const askedDays = 90

export const questionsBench = Effect.fn("questionsBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
}) {
  const folder = yield* temporaryFolder
  const { url } = yield* useEmbeddedPostgres(folder)
  yield* Console.error(`filling an archive with ${options.rows.toLocaleString("en-US")} rows`)
  yield* fillEncoding(options.rows).pipe(
    Effect.provide(postgresArchiveLayer({ target: url, schema, timeZone: undefined })),
  )
  const client = yield* Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new pg.Client({ connectionString: Redacted.value(url) })
      await client.connect()
      await client.query(`SET search_path = ${schema}`)
      return client
    }),
    (client) => Effect.promise(() => client.end()),
  )
  const timed = (sql: string, values: ReadonlyArray<unknown> = []) =>
    Effect.promise(async () => {
      const started = performance.now()
      await client.query(sql, [...values])
      return performance.now() - started
    })

  const after = addDays(firstDay, Math.ceil(options.rows / filledRowsPerDay))
  const asked = [addDays(after, -askedDays), after]
  const answers = yield* Effect.forEach(questions, ({ title, sql, isOfDays }) =>
    Effect.gen(function* () {
      const values = isOfDays ? asked : []
      yield* timed(sql, values)
      const times = yield* Effect.replicateEffect(timed(sql, values), options.repetitions)
      return [title, spreadText(spreadOf(times), 0), isOfDays ? "below 1,000" : ""]
    }),
  )
  const costs = yield* indexCosts(timed, firstDay, options.repetitions)
  yield* Console.log(
    [
      `Measured on ${machine()}: ${options.rows.toLocaleString("en-US")} rows; questions of ${askedDays} days.`,
      tableOf(["question", "ms", "held against"], answers),
      tableOf([`${filledRowsPerDay.toLocaleString("en-US")} rows into a table with`, "ms"], costs),
    ].join("\n"),
  )
}, Effect.scoped)

/** A day's rows into empty tables that are alike but for their indexes, in turn. */
const indexCosts = Effect.fnUntraced(function* (
  timed: (sql: string, values?: ReadonlyArray<unknown>) => Effect.Effect<number>,
  day: string,
  repetitions: number,
) {
  const columns = "(LIKE encoding INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
  const key = "ADD PRIMARY KEY (work_date, category_id, file_path, output_type, occurrence)"
  const tables = [
    { title: "no index", name: "cost_none", make: [] },
    { title: "the primary key", name: "cost_key", make: [`ALTER TABLE cost_key ${key}`] },
    {
      title: "the primary key and the other three",
      name: "cost_all",
      make: [
        `ALTER TABLE cost_all ${key}`,
        "CREATE INDEX cost_failed ON cost_all (work_date) WHERE status = 'FAILURE'",
        "CREATE INDEX cost_anomaly ON cost_all (work_date) WHERE cardinality(anomalies) > 0",
        "CREATE INDEX cost_work_date ON cost_all USING brin (work_date)",
      ],
    },
  ]
  for (const { name, make } of tables)
    for (const sql of [`CREATE TABLE ${name} ${columns}`, ...make]) yield* timed(sql)
  yield* timed("CREATE TABLE cost_rows AS SELECT * FROM encoding WHERE work_date = $1::date", [day])
  const times = new Map<string, Array<number>>(tables.map(({ title }) => [title, []]))
  for (let repetition = 0; repetition < repetitions; repetition++)
    for (const { title, name } of tables) {
      times.get(title)!.push(yield* timed(`INSERT INTO ${name} SELECT * FROM cost_rows`))
      yield* timed(`TRUNCATE ${name}`)
    }
  return [...times].map(([title, times]) => [title, spreadText(spreadOf(times), 0)])
})
