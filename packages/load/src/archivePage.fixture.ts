/** For docs/archive.md: tables and views as the database itself describes them, each column with an example of its own. */
import { Effect } from "effect"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

interface Column {
  readonly relation: string
  readonly comment: string | null
  readonly column: string
  readonly type: string
  readonly required: boolean
  readonly meaning: string | null
}

const columnsOf = `
  SELECT c.relname AS relation, obj_description(c.oid) AS comment, a.attname AS column,
    format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required, col_description(c.oid, a.attnum) AS meaning
  FROM pg_class AS c
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'v')
  ORDER BY c.relkind, c.relname = 'archive_migration', c.oid, a.attnum`

const keysOf = `
  SELECT conrelid::regclass::text AS relation, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE connamespace = to_regnamespace($1) AND contype = 'p'`

/** What differs from one making of the page to the next. */
const volatile: ReadonlySet<string> = new Set(["stuck_encoding.age_days", "archive_migration.run_on"])

/** A section for each table, in the order in which they were made, then for each view. */
export const describeSchema = Effect.fnUntraced(function* (schema: string) {
  const { query } = yield* TestPostgres
  const columns = (yield* query(columnsOf, [schema])) as unknown as ReadonlyArray<Column>
  const keys = new Map(
    (yield* query(keysOf, [schema])).map((key) => [
      String(key["relation"]).replace(`${schema}.`, ""),
      String(key["definition"]).replace("PRIMARY KEY ", ""),
    ]),
  )
  const sections: Array<string> = []
  for (const [relation, own] of Map.groupBy(columns, (column) => column.relation)) {
    const texts = own.map(({ column }) => `"${column}"::text AS "${column}"`).join(", ")
    const rows = yield* query(`SELECT ${texts} FROM ${schema}.${relation} AS t ORDER BY t::text COLLATE "C"`)
    const key = keys.get(relation)
    sections.push(
      [
        `### ${relation}`,
        "",
        own[0]!.comment ?? "",
        ...(key === undefined ? [] : ["", `Key: ${key}`]),
        "",
        "| column | type | meaning | for example |",
        "| --- | --- | --- | --- |",
        ...own.map((column) => lineOf(column, volatile.has(`${relation}.${column.column}`) ? [] : rows)),
      ].join("\n"),
    )
  }
  return sections
})

const lineOf = (column: Column, rows: ReadonlyArray<Record<string, unknown>>): string => {
  const values = rows.map((row) => row[column.column]).filter((value) => typeof value === "string")
  // What is not empty tells more.
  const example = values.find((value) => value !== "" && value !== "{}" && value !== "0") ?? values[0]
  const cells = [
    column.column,
    column.required ? `${shortType(column.type)}, not null` : shortType(column.type),
    column.meaning ?? "",
    example === undefined ? "" : `\`${shortened(example)}\``,
  ]
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
}

const shortType = (type: string): string =>
  type.replace("timestamp with time zone", "timestamptz").replace("timestamp without time zone", "timestamp")

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
