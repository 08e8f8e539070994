/**
 * docs/cookbook.md: the questions of docs/cookbook, each asked of the demo's archive, with its real answer. The same month
 * as CSV files has to answer alike.
 * `pnpm test:long --project runner cookbook -u` writes the page.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { TableExport } from "@vodstation-etl/load/TableExport"
import { useCookbookArchives } from "./CookbookArchives.fixture.ts"
import { tableOf } from "./tableOf.ts"

const folder = join(import.meta.dirname, "../../../docs/cookbook")
const Cell = Schema.NullOr(Schema.Union([Schema.String, Schema.Finite, Schema.BigInt]))
const Row = Schema.Record(Schema.String, Cell)

interface Recipe {
  readonly file: string
  readonly question: string
  readonly about: string
  readonly sql: string
}

const recipes: ReadonlyArray<Recipe> = readdirSync(folder)
  .toSorted()
  .map((file) => {
    const text = readFileSync(join(folder, file), "utf8")
    const lines = text.split("\n")
    const end = lines.findIndex((line) => !line.startsWith("-- "))
    const [question, ...about] = lines.slice(0, end).map((line) => line.slice(3))
    return { file, question: question!, about: about.join("\n"), sql: lines.slice(end).join("\n").trim() }
  })

const sectionOf = ({ file, question, about, sql }: Recipe, answer: string) =>
  [
    `## ${question}`,
    about,
    ["```sql", `-- docs/cookbook/${file}`, sql, "```"].join("\n"),
    ["```", answer, "```"].join("\n"),
  ].join("\n\n")

/** As `export --sql --archive csv --format ndjson` gives them. */
const rowsOfFiles = Effect.fnUntraced(function* (select: string) {
  const chunks: Array<Uint8Array> = []
  yield* (yield* TableExport).text({ select, seconds: 60 }, { format: "ndjson", excel: false }, (chunk) =>
    Effect.sync(() => chunks.push(chunk)),
  )
  const lines = Buffer.concat(chunks).toString("utf8").split("\n").slice(0, -1)
  return lines.map((line) => Schema.decodeSync(Schema.fromJsonString(Row))(line))
})

/** Postgres writes a sum as 26.0 where DuckDB has the number 26. */
const plainCells = (row: typeof Row.Type) =>
  Object.entries(row).map(([name, cell]) => [
    name,
    cell === null || cell === "" || Number.isNaN(Number(cell)) ? cell : Number(cell),
  ])

it.live("docs/cookbook.md answers its questions as the archive does", () =>
  Effect.gen(function* () {
    const { postgres, csvExport } = yield* useCookbookArchives
    const sections = yield* Effect.gen(function* () {
      const database = yield* PostgresDatabase
      return yield* Effect.forEach(recipes, (recipe) =>
        Effect.gen(function* () {
          const rows = yield* database.select(Row, recipe.sql)
          // An answer of nothing shows nothing, and one that fills the screen is not read.
          expect([recipe.file, rows.length > 0, rows.length <= 16]).toEqual([recipe.file, true, true])
          const ofFiles = yield* rowsOfFiles(recipe.sql)
          expect([recipe.file, ofFiles.map(plainCells)]).toEqual([recipe.file, rows.map(plainCells)])
          return sectionOf(
            recipe,
            tableOf(
              Object.keys(rows[0]!),
              rows.map((row) => Object.values(row)),
            ),
          )
        }),
      )
    }).pipe(Effect.provide([postgres, csvExport]))
    expect(sections.length).toBeGreaterThanOrEqual(10)
    yield* Effect.promise(() =>
      expect(`${[heading, ...sections].join("\n\n")}\n`).toMatchFileSnapshot("../../../docs/cookbook.md"),
    )
  }),
)

/** As GitHub makes it. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-")

const heading = `# Questions, and their SQL

<!-- written by: pnpm test:long --project runner cookbook -u -->

Each is a file in [cookbook](cookbook), to be run as it is, in Postgres or over a CSV archive, or pasted into a BI tool. "Last" days and weeks are
the last ones of the archive.

\`\`\`sh
psql "$URL" -c "SET search_path = vodstation" -f docs/cookbook/05-backlog.sql
vodstation-etl export --sql docs/cookbook/05-backlog.sql --out backlog.csv         # or --excel, or --format parquet
vodstation-etl export --sql docs/cookbook/05-backlog.sql --archive csv --archive-dir ./archive --out -
\`\`\`

The answers are real: a test asks all of them of the month of \`pnpm demo\`, read on two evenings into both kinds of archive, and fails where one of
them says something else than this page. What the tables, views and columns mean is told in [archive.md](archive.md).

The demo's own archive: \`vodstation-etl db --demo\` prints the URL, its schema is \`demo\`, and its files are where the demo says. \`export\` asks it in
Postgres with that URL as \`DATABASE_URL\` and with \`VODSTATION_SCHEMA=demo\`.

${recipes.map(({ question }) => `- [${question}](#${anchorOf(question)})`).join("\n")}`
