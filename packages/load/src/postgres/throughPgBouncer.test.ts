/**
 * Behind PgBouncer in transaction mode a client meets another session with every transaction, and leaves its own to others.
 * All here share one session.
 */
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import pg from "pg"
import { Archive } from "../Archive.ts"
import { TableExport } from "../TableExport.ts"
import { hasPgBouncer, startPgBouncer } from "./pgBouncer.fixture.ts"
import { postgresTableExportLayer } from "./PostgresTableExport.ts"
import { encodingOf, encodingsOf, firstReadAt, load, run, workDate } from "./reading.fixture.ts"
import { MaxKept } from "./StagedRows.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

/** Another program, which asks what its session is like. */
const stranger = (url: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        return client
      }),
      (client) => Effect.promise(() => client.end()),
    ),
    (client) =>
      Effect.promise(async () => {
        const { rows: settings } = await client.query(
          "SELECT name, setting FROM pg_settings WHERE name <> 'application_name' ORDER BY name",
        )
        const { rows: session } = await client.query(`
          SELECT pg_backend_pid() AS process,
            (SELECT count(*)::int FROM pg_class WHERE relnamespace = pg_my_temp_schema()) AS temporary,
            (SELECT count(*)::int FROM pg_prepared_statements) AS prepared,
            (SELECT count(*)::int FROM pg_cursors) AS cursors,
            (SELECT count(*)::int FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory') AS locks,
            (SELECT count(*)::int FROM pg_listening_channels()) AS listening`)
        return { settings, session }
      }),
  )

const twins = [encodingOf(1, { percent: 3 }), encodingOf(1, { percent: 4, status: "WAITING" })]

layer(TestPostgres.layer, { excludeTestServices: true })("through PgBouncer in transaction mode", (it) => {
  it.effect.skipIf(!hasPgBouncer)(
    "the archive is all that is left behind (skipped where there is no pgbouncer)",
    () =>
      Effect.gen(function* () {
        const { freshSchema, url } = yield* TestPostgres
        const schema = yield* freshSchema
        const pooled = yield* startPgBouncer(url, 1)
        const look = yield* stranger(pooled)
        const before = yield* look

        const context = yield* openArchive(schema, { url: pooled })
        const archive = Context.get(context, Archive)
        yield* archive.prepare("host")
        expect(yield* look).toEqual(before)

        const days = ["2021-09-10", "2021-09-11", workDate]
        const rows = [...encodingsOf(700), ...twins]
        const loadAll = (from: number, spilled: boolean) =>
          Effect.forEach(
            days,
            (workDate, day) => load(archive, rows.slice(from + day), firstReadAt + from, { workDate }),
            { concurrency: "unbounded" },
          ).pipe(Effect.provideService(MaxKept, spilled ? 0 : Number.MAX_SAFE_INTEGER))
        const inserted = yield* loadAll(0, false)
        expect(inserted).toMatchObject([702, 701, 700].map((inserted) => ({ counts: { inserted } })))
        const changed = yield* loadAll(5, true)
        expect(changed).toMatchObject(days.map(() => ({ counts: { inserted: 0, missing: 5 } })))
        yield* load(archive, rows, firstReadAt, { workDate: "2021-09-13" }).pipe(
          Effect.provideService(MaxKept, 0),
        )
        expect(yield* look).toEqual(before)

        yield* archive.recordFailure("2021-09-14", run, "no answer")
        yield* archive.keepFacts({ seam: "holds" })
        expect(yield* archive.facts).toEqual({ seam: "holds" })
        expect((yield* archive.ledger()).map((day) => day.rowCount)).toEqual([697, 696, 695, 702, null])
        let seen = 0
        yield* archive.lookAtDay(workDate, (states) => (seen += states.length))
        expect(seen).toBe(700)
        const exports = Layer.succeedContext(context)
        const tables = yield* Layer.build(Layer.provide(postgresTableExportLayer, exports))
        const asked = { table: "encoding", from: undefined, before: undefined }
        const format = { format: "csv", excel: false } as const
        const count = yield* Context.get(tables, TableExport).text(asked, format, () => Effect.void)
        expect(count).toBe(702 + 701 + 700 + 702)
        expect(yield* look).toEqual(before)

        // What anybody sees who comes without PgBouncer.
        const direct = yield* openArchive(schema)
        expect(yield* Context.get(direct, Archive).ledger()).toEqual(yield* archive.ledger())
      }),
  )

  it.effect.skipIf(!hasPgBouncer)(
    "two programs that make one archive wait for each other (skipped where there is no pgbouncer)",
    () =>
      Effect.gen(function* () {
        const { freshSchema, query, url } = yield* TestPostgres
        const schema = yield* freshSchema
        const pooled = yield* startPgBouncer(url, 2)
        const programs = yield* Effect.forEach([1, 2, 3], () => openArchive(schema, { url: pooled }))
        yield* Effect.forEach(programs, (program) => Context.get(program, Archive).prepare("host"), {
          concurrency: "unbounded",
        })
        expect(
          yield* query(`SELECT count(*)::int AS hosts FROM ${schema}.archive_setting WHERE name = 'host'`),
        ).toEqual([{ hosts: 1 }])
      }),
  )
})
