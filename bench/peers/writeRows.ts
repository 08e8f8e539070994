/**
 * The usual ways of writing rows into Postgres so that doing it twice changes nothing, as people write them by hand; and a bare
 * COPY, which is the floor: it only fills an empty table. Each takes the rows of a day and commits them.
 */
import type pg from "pg"
import { from as copyFrom } from "pg-copy-streams"

/** Columns, in the order of the values, with their types. */
const columns = {
  ...{
    work_date: "date",
    category_id: "bigint",
    file_path: "text",
    output_type: "text",
    occurrence: "integer",
  },
  ...{
    category_name: "text",
    status: "text",
    link: "text",
    percent: "double precision",
    output_total_size: "bigint",
  },
  ...{ last_work_time: "timestamptz", requested_from: "timestamptz", requested_before: "timestamptz" },
  ...{ anomalies: "text[]", first_seen_at: "timestamptz", changed_at: "timestamptz", run_id: "uuid" },
} as const

const names = Object.keys(columns)
const types = Object.values(columns)
const key = names.slice(0, 5)
const onConflict = `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${names
  .slice(5)
  .map((name) => `${name} = excluded.${name}`)
  .join(", ")}`

/** The values of a row in the order of the columns, as text. */
export type Values = ReadonlyArray<string | null>

export type WriteDay = (client: pg.Client, table: string, rows: ReadonlyArray<Values>) => Promise<unknown>

const copyLine = (values: Values): string =>
  `${values.map((value) => (value === null ? "\\N" : value.replace(/[\\\t\n\r]/g, "\\$&"))).join("\t")}\n`

const copyInto = (client: pg.Client, table: string, rows: ReadonlyArray<Values>): Promise<void> =>
  new Promise((resolve, reject) => {
    const copy = client.query(copyFrom(`COPY ${table} (${names.join(", ")}) FROM STDIN`))
    copy.on("error", reject).on("finish", resolve)
    for (let at = 0; at < rows.length; at += 200)
      copy.write(
        rows
          .slice(at, at + 200)
          .map(copyLine)
          .join(""),
      )
    copy.end()
  })

const copyThenUpsert: WriteDay = async (client, table, rows) => {
  await client.query("BEGIN")
  await client.query(`CREATE TEMP TABLE incoming (LIKE ${table}) ON COMMIT DROP`)
  for (const name of ["missing_since", "raw"]) await client.query(`ALTER TABLE incoming DROP COLUMN ${name}`)
  await copyInto(client, "incoming", rows)
  const list = names.join(", ")
  await client.query(`INSERT INTO ${table} (${list}) SELECT ${list} FROM incoming ${onConflict}`)
  await client.query("COMMIT")
}

const unnest: WriteDay = async (client, table, rows) => {
  await client.query("BEGIN")
  const list = types.map((type, index) => `$${index + 1}::${type === "text[]" ? "text" : type}[]`).join(", ")
  const cast = names.map((name, index) => (types[index] === "text[]" ? `${name}::text[]` : name)).join(", ")
  for (let at = 0; at < rows.length; at += 1_000) {
    const part = rows.slice(at, at + 1_000)
    await client.query(
      `INSERT INTO ${table} (${names.join(", ")}) SELECT ${cast} FROM unnest(${list}) AS incoming(${names.join(", ")}) ${onConflict}`,
      names.map((_, index) => part.map((values) => values[index])),
    )
  }
  await client.query("COMMIT")
}

const valuesOf =
  (rowsAtOnce: number): WriteDay =>
  async (client, table, rows) => {
    await client.query("BEGIN")
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const part = rows.slice(at, at + rowsAtOnce)
      const list = part.map(
        (_, row) => `(${names.map((_, column) => `$${row * names.length + column + 1}`).join(", ")})`,
      )
      await client.query(
        `INSERT INTO ${table} (${names.join(", ")}) VALUES ${list.join(", ")} ${onConflict}`,
        part.flat(),
      )
    }
    await client.query("COMMIT")
  }

export interface UsualWay {
  readonly title: string
  readonly write: WriteDay
  /** It is so slow that so many rows must do. */
  readonly mostRows?: number
}

export const usualWays: ReadonlyArray<UsualWay> = [
  { title: "COPY into a temporary table, INSERT … ON CONFLICT", write: copyThenUpsert },
  { title: "INSERT … unnest … ON CONFLICT, 1,000 rows", write: unnest },
  { title: "INSERT … VALUES … ON CONFLICT, 500 rows", write: valuesOf(500) },
  { title: "INSERT … ON CONFLICT, a row at a time", write: valuesOf(1), mostRows: 20_000 },
]
