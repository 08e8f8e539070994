/**
 * SQL that gives DuckDB the archive's views over the tables of `archiveTables.ts`: the very SELECTs that Postgres has, but
 * for the few expressions of which DuckDB's dialect has another one.
 */
import { viewStatements } from "../postgres/viewStatements.ts"
import { withoutProvenance } from "./withoutProvenance.ts"

interface Difference {
  readonly view: string
  readonly postgres: string
  readonly duckDb: string
}

const differences: ReadonlyArray<Difference> = [
  {
    view: "daily_outcome",
    postgres: "(SELECT true FROM encoding WHERE encoding.work_date = day.work_date LIMIT 1) IS NULL",
    // Else it numbers all rows of all days to find the first of each.
    duckDb: "NOT EXISTS (SELECT true FROM encoding WHERE encoding.work_date = day.work_date)",
  },
  {
    view: "stuck_encoding",
    postgres: "WHEN value ~ '^[+-]' THEN (now() AT TIME ZONE value::interval)::date",
    duckDb:
      "WHEN regexp_matches(value, '^[+-]') THEN (now() AT TIME ZONE 'UTC' + ltrim(value, '+')::interval)::date",
  },
  {
    view: "stuck_encoding",
    postgres: "today.work_date - stored.work_date AS age_days",
    duckDb: "(today.work_date - stored.work_date)::integer AS age_days",
  },
  {
    view: "coverage",
    postgres: "generate_series(min(work_date)::timestamp, max(work_date)::timestamp, '1 day')::date",
    duckDb:
      "unnest(generate_series(min(work_date)::timestamp, max(work_date)::timestamp, INTERVAL '1 day'))::date",
  },
]

export const archiveViews = (): ReadonlyArray<string> =>
  viewStatements().map(({ name, query }) => `CREATE VIEW ${name} AS\n${inDuckDb(name, query)}`)

const inDuckDb = (name: string, query: string): string => {
  let text = query
  for (const { view, postgres, duckDb } of differences)
    if (view === name) {
      if (!text.includes(postgres)) throw new Error(`${view} does not say any more: ${postgres}`)
      text = text.replace(postgres, () => duckDb)
    }
  return withoutProvenance(text)
}
