/** A few questions that the archive answers, as tables: what `demo` ends with. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { tableOf } from "./tableOf.ts"

const Cell = Schema.NullOr(Schema.Union([Schema.String, Schema.Finite, Schema.BigInt]))

const questions: ReadonlyArray<{ readonly title: string; readonly sql: string }> = [
  {
    title: "What became of the month's encodings?",
    sql: `
SELECT status, count(*) AS encodings, round(sum(output_total_size) / 1e9)::bigint AS gigabytes
FROM encoding
GROUP BY status
ORDER BY encodings DESC`,
  },
  {
    title: "Which format fails most?",
    sql: `
SELECT output_type,
       count(*) AS encodings,
       count(*) FILTER (WHERE status = 'FAILURE') AS failures,
       round(100.0 * count(*) FILTER (WHERE status = 'FAILURE') / count(*), 2)::float8 AS percent
FROM encoding
GROUP BY output_type
ORDER BY percent DESC`,
  },
  {
    title: "Which categories grow fastest?",
    sql: `
SELECT category_name AS category, count(*) AS encodings, round(sum(output_total_size) / 1e9)::bigint AS gigabytes
FROM encoding
GROUP BY category_name
ORDER BY gigabytes DESC NULLS LAST
LIMIT 5`,
  },
  {
    title: "What is stuck, so that its day stays open?",
    sql: `
SELECT work_date AS day, category_name AS category, output_type, status, percent
FROM encoding
WHERE status NOT IN ('COMPLETE', 'FAILURE', 'CANCELED')
ORDER BY work_date, category_name`,
  },
]

/** Asks them all; needs the demo's archive in `PostgresDatabase`. */
export const demoAnswers = Effect.fn("demoAnswers")(function* () {
  const database = yield* PostgresDatabase
  const answers: Array<string> = []
  for (const { title, sql } of questions) {
    const rows = yield* database.select(Schema.Record(Schema.String, Cell), sql)
    answers.push(
      `\n${title}`,
      tableOf(
        Object.keys(rows[0] ?? {}),
        rows.map((row) => Object.values(row)),
      ),
    )
  }
  return answers.join("\n")
})
