/** An archive that an older program made, with data in it, becomes one of this program, and loses nothing. */
import { expect, layer } from "@effect/vitest"
import { Context, Effect } from "effect"
import { runner } from "node-pg-migrate"
import { Archive } from "../Archive.ts"
import { loadDay, rejectsOf, rowsOf } from "../BothArchives.fixture.ts"
import { migrationFolder, migrationNames } from "./migrationNames.ts"
import { firstReadAt, otherRun, workDate } from "./reading.fixture.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const tables = ["encoding", "encoding_history", "extraction_day", "rejected_record"]

/** Makes the tables as they were after the first `count` migrations. */
const makeOldArchive = (url: string, schema: string, count: number) =>
  Effect.promise(() =>
    runner({
      databaseUrl: url,
      schema,
      createSchema: true,
      dir: migrationFolder,
      direction: "up",
      migrationsTable: "archive_migration",
      count,
      noLock: true,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
    }),
  )

layer(TestPostgres.layer, { excludeTestServices: true })("an archive", (it) => {
  it.effect.each(migrationNames().map((name, index) => ({ name, count: index + 1 })))(
    "of the form $name is upgraded by prepare, and nothing in it changes",
    ({ count }) =>
      Effect.gen(function* () {
        const { freshSchema, query, url } = yield* TestPostgres
        const schema = yield* freshSchema
        yield* makeOldArchive(url, schema, count)
        const contents = () =>
          Effect.forEach(tables, (table) =>
            query(`SELECT * FROM ${schema}.${table} AS stored ORDER BY stored::text COLLATE "C"`),
          )
        const archive = Context.get(yield* openArchive(schema), Archive)
        const loaded = { runId: otherRun.runId, rejects: rejectsOf(2) }
        yield* loadDay(archive, { ...loaded, rows: rowsOf(3, { status: "WAITING" }), readAt: firstReadAt })
        yield* loadDay(archive, { ...loaded, rows: rowsOf(3), readAt: firstReadAt + 1000 })
        const before = yield* contents()
        expect(before.map((rows) => rows.length)).toEqual([3, 3, 1, 2])

        yield* archive.prepare("host")
        const applied = yield* query(`SELECT name FROM ${schema}.archive_migration ORDER BY id`)
        expect(applied.map(({ name }) => name)).toEqual(migrationNames())
        expect(yield* contents()).toEqual(before)
        const [states] = yield* query(`SELECT count(*) AS states FROM ${schema}.encoding_timeline`)
        expect(states).toEqual({ states: "6" })
        const again = Context.get(yield* openArchive(schema), Archive)
        expect(yield* again.ledger()).toMatchObject([{ workDate, rowCount: 3, rejectedRows: 2 }])
      }),
  )
})
