/**
 * docs/cookbook.md: the questions of docs/cookbook, each asked of the demo's archive, with its real answer.
 * `pnpm test:long --project runner cookbook -u` writes the page.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { useCookbookArchive } from "./CookbookArchive.fixture.ts"
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

it.live("docs/cookbook.md answers its questions as the archive does", () =>
  Effect.gen(function* () {
    const layer = yield* useCookbookArchive
    const sections = yield* Effect.gen(function* () {
      const database = yield* PostgresDatabase
      return yield* Effect.forEach(recipes, (recipe) =>
        Effect.gen(function* () {
          const rows = yield* database.select(Row, recipe.sql)
          // An answer of nothing shows nothing, and one that fills the screen is not read.
          expect([recipe.file, rows.length > 0, rows.length <= 16]).toEqual([recipe.file, true, true])
          return sectionOf(
            recipe,
            tableOf(
              Object.keys(rows[0]!),
              rows.map((row) => Object.values(row)),
            ),
          )
        }),
      )
    }).pipe(Effect.provide(layer))
    expect(sections.length).toBeGreaterThanOrEqual(10)
    yield* Effect.promise(() =>
      expect(`${[heading, ...sections].join("\n\n")}\n`).toMatchFileSnapshot("../../../docs/cookbook.md"),
    )
  }),
)

const heading = `# Questions, and their SQL

<!-- written by: pnpm test:long --project runner cookbook -u -->

Each is a file in [cookbook](cookbook), to be run as it is: \`psql "$URL" -c "SET search_path = vodstation" -f docs/cookbook/05-backlog.sql\`, or
pasted into a BI tool. The answers are real: a test asks all of them of the month of \`pnpm demo\`, read on two evenings, and fails where this page
says something else. What the tables, views and columns mean is told in [archive.md](archive.md).`
