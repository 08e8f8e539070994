/** What a role of the server may do, and how little of it the archive needs. */
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Schedule } from "effect"
import pg from "pg"
import { Archive } from "../Archive.ts"
import { encodingsOf, firstReadAt, load, workDate } from "./reading.fixture.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const host = "vodstation.apigw.ntruss.com"

/** A role that may log in, and the server's URL for it. */
const freshRole = (schema: string) =>
  Effect.gen(function* () {
    const { query, url } = yield* TestPostgres
    const role = `${schema}_role`
    yield* Effect.acquireRelease(query(`CREATE ROLE ${role} LOGIN PASSWORD 'role-secret'`), () =>
      query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`),
    )
    const roleUrl = new URL(url)
    roleUrl.username = role
    roleUrl.password = "role-secret"
    return { role, url: roleUrl.href }
  })

const elsewhere = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** A statement in another database of the server. */
const inDatabase = (url: string, database: string, text: string) =>
  Effect.promise(async () => {
    const client = new pg.Client({ connectionString: elsewhere(url, database) })
    await client.connect()
    await client.query(text)
    await client.end()
  })

const open = (schema: string, options?: Parameters<typeof openArchive>[1]) =>
  Effect.map(openArchive(schema, options), (context) => Context.get(context, Archive))

layer(TestPostgres.layer, { excludeTestServices: true })("an archive in Postgres", (it) => {
  it.effect("works for a role that owns nothing but its schema", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      const { role, url } = yield* freshRole(schema)
      yield* query(`CREATE SCHEMA ${schema} AUTHORIZATION ${role}`)
      const archive = yield* open(schema, { url })
      yield* archive.prepare(host)
      expect(yield* load(archive, encodingsOf(3), firstReadAt)).toMatchObject({ counts: { inserted: 3 } })
      expect(yield* load(archive, encodingsOf(2), firstReadAt + 1)).toMatchObject({ counts: { missing: 1 } })
    }),
  )

  it.effect("needs the rights to connect and to make temporary tables, and says which one is missing", () =>
    Effect.gen(function* () {
      const { freshSchema, query, url } = yield* TestPostgres
      const name = yield* freshSchema
      const { role, url: roleUrl } = yield* freshRole(name)
      yield* Effect.acquireRelease(query(`CREATE DATABASE ${name} TEMPLATE template0`), () =>
        query(`DROP DATABASE ${name} WITH (FORCE)`),
      )
      yield* query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO ${role}`)
      yield* inDatabase(url, name, `CREATE SCHEMA archive AUTHORIZATION ${role}`)
      const archive = yield* open("archive", { url: elsewhere(roleUrl, name) })
      yield* archive.prepare(host)
      // A day that is new goes straight into its table.
      expect(yield* load(archive, encodingsOf(3), firstReadAt)).toMatchObject({ counts: { inserted: 3 } })
      const error = yield* Effect.flip(load(archive, encodingsOf(2), firstReadAt + 1))
      expect(error.message).toMatch(/permission denied to create temporary tables .*Ask the database's owner/)
      yield* query(`GRANT TEMPORARY ON DATABASE ${name} TO ${role}`)
      expect(yield* load(archive, encodingsOf(2), firstReadAt + 1)).toMatchObject({ counts: { missing: 1 } })
    }),
  )

  it.effect("is filled by a role whose statements, locks and transactions may not take long", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      const { role, url } = yield* freshRole(schema)
      yield* query(`CREATE SCHEMA ${schema} AUTHORIZATION ${role}`)
      const limits = yield* query(
        `SELECT name FROM pg_settings WHERE name IN
           ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`,
      )
      for (const { name } of limits) yield* query(`ALTER ROLE ${role} SET ${name} TO '200ms'`)
      const archive = yield* open(schema, { url })
      yield* archive.prepare(host)

      const lock = `hashtextextended('vodstation-etl day ${schema} ${workDate}', 0)`
      yield* Effect.forkScoped(
        query(`SELECT pg_advisory_lock(${lock}), pg_sleep(1), pg_advisory_unlock(${lock})`),
      )
      yield* Effect.repeat(
        query("SELECT pid FROM pg_stat_activity WHERE query LIKE $1 AND wait_event = 'PgSleep'", [
          `%${schema} ${workDate}%`,
        ]),
        { until: (rows) => rows.length === 1, schedule: Schedule.spaced("10 millis") },
      )

      const rows = encodingsOf(30_000)
      const began = performance.now()
      expect(yield* load(archive, rows, firstReadAt)).toMatchObject({ counts: { inserted: 30_000 } })
      expect(performance.now() - began).toBeGreaterThan(1_000)
      const changed = rows.map((row) => ({ ...row, percent: 1 }))
      expect(yield* load(archive, changed, firstReadAt + 1)).toMatchObject({ counts: { changed: 30_000 } })
      yield* archive.lookAtDay(workDate, () => {})
    }),
  )

  it.effect("tells a role without the right to make a schema so", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const schema = yield* freshSchema
      const { url } = yield* freshRole(schema)
      const error = yield* Effect.flip((yield* open(schema, { url })).prepare(host))
      expect(error._tag).toBe("ArchiveUnusable")
      expect(error.message).toMatch(/permission denied.*Ask the database's owner/)
    }),
  )

  it.effect("can be looked at by a role that only reads, which cannot write", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      const owner = yield* open(schema)
      yield* owner.prepare(host)
      yield* load(owner, encodingsOf(2), firstReadAt)
      const { role, url } = yield* freshRole(schema)
      yield* query(
        `GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
      )
      const archive = yield* open(schema, { url })
      expect(yield* archive.ledger()).toMatchObject([{ workDate, rowCount: 2 }])
      expect((yield* Effect.flip(load(archive, encodingsOf(1), firstReadAt + 1)))._tag).toBe(
        "ArchiveUnusable",
      )
    }),
  )
})
