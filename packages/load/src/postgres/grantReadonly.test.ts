/** A role that reads one archive and can do nothing else, whoever makes it. */
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Redacted } from "effect"
import { runner } from "node-pg-migrate"
import { Archive } from "../Archive.ts"
import { migrationFolder } from "./migrationNames.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { askAs, dropRole, filled, first, grantAs, host, otherRole, writable } from "./readerRole.fixture.ts"
import { scramVerifier } from "./scramVerifier.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const tables = (schema: string) =>
  Effect.flatMap(TestPostgres, ({ query }) =>
    query(
      `SELECT relname, relkind FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'v')`,
      [schema],
    ),
  )

layer(TestPostgres.layer, { excludeTestServices: true })("a role that only reads", (it) => {
  it.effect("reads every table and view of the archive, by their bare names, and writes to none", () =>
    Effect.gen(function* () {
      const { schema, role, grant } = yield* filled()
      expect(yield* grant(role)).toMatchObject({ made: true, password: first })
      const ask = yield* askAs(role)
      expect(yield* ask("SELECT count(*)::int AS rows FROM encoding")).toEqual([{ rows: 3 }])
      const all = yield* tables(schema)
      expect(all.length).toBeGreaterThan(12)
      for (const { relname, relkind } of all) {
        expect(yield* ask(`TABLE ${relname}`)).toBeInstanceOf(Array)
        if (relkind !== "r") continue
        for (const statement of [`DELETE FROM ${relname}`, `TRUNCATE ${relname}`, `DROP TABLE ${relname}`])
          expect(yield* ask(writable, statement)).toMatch(
            /^42501 (permission denied for table|must be owner)/,
          )
      }
      for (const statement of [
        "UPDATE encoding SET percent = 0",
        "INSERT INTO archive_setting VALUES ('a', 'b')",
        `CREATE TABLE ${schema}.mine (id int)`,
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        `ALTER ROLE ${role} CREATEROLE`,
        "COPY (SELECT 1) TO '/tmp/written'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
        "SET ROLE vodstation",
      ])
        expect([statement, yield* ask(writable, statement)]).toEqual([
          statement,
          expect.stringMatching(/^42501 |does not exist$/),
        ])
    }),
  )

  it.effect("reads no other schema, not even that of another archive", () =>
    Effect.gen(function* () {
      const { query, freshSchema } = yield* TestPostgres
      const { role, grant } = yield* filled()
      const other = yield* filled()
      const plain = yield* freshSchema
      yield* query(`CREATE SCHEMA ${plain}; CREATE TABLE ${plain}.customer (name text)`)
      yield* grant(role)
      const ask = yield* askAs(role)
      expect(yield* ask(`TABLE ${other.schema}.encoding`)).toMatch(/^42501 permission denied for schema/)
      expect(yield* ask(`TABLE ${plain}.customer`)).toMatch(/^42501 permission denied for schema/)
      // It may be granted a second one.
      yield* other.grant(role)
      expect(yield* ask(`SELECT count(*)::int AS rows FROM ${other.schema}.encoding`)).toEqual([{ rows: 3 }])
    }),
  )

  it.effect("reads only, and no longer than its time limit, unless it says otherwise", () =>
    Effect.gen(function* () {
      const { schema, role, grant } = yield* filled()
      yield* grant(role, { timeoutSeconds: 1 })
      const ask = yield* askAs(role)
      expect(yield* ask("CREATE TEMPORARY TABLE mine (id int)")).toMatch(/^25006 /)
      expect(yield* ask("SELECT pg_sleep(10)")).toMatch(/^57014 canceling statement due to statement timeout/)
      expect(yield* ask("SHOW idle_in_transaction_session_timeout")).toEqual([
        { idle_in_transaction_session_timeout: "1s" },
      ])
      expect(yield* ask("SHOW search_path")).toEqual([{ search_path: schema }])
    }),
  )

  it.effect("reads what later migrations make, whoever of the archive's owners runs them", () =>
    Effect.gen(function* () {
      const { freshSchema, query, url } = yield* TestPostgres
      const schema = yield* freshSchema
      const ownUrl = yield* otherRole(`${schema}_loader`, "LOGIN")
      yield* query(`CREATE SCHEMA ${schema} AUTHORIZATION ${schema}_loader`)
      yield* Effect.promise(() =>
        runner({
          ...{ databaseUrl: ownUrl, schema, dir: migrationFolder, direction: "up", count: 1, noLock: true },
          ...{ migrationsTable: "archive_migration", logger: quiet },
        }),
      )
      const role = `${schema}_bi`
      yield* Effect.addFinalizer(() => dropRole(role))
      // By an administrator, and not by the owner.
      yield* grantAs(yield* openArchive(schema, { url }))(role)
      const ask = yield* askAs(role)
      expect(yield* ask("TABLE daily_outcome")).toMatch(/^42P01 /)
      yield* Context.get(yield* openArchive(schema, { url: ownUrl }), Archive).prepare(host)
      expect(yield* ask("TABLE daily_outcome")).toEqual([])
    }),
  )

  it.effect("is renewed by the same command: what was taken from it is back, and its password stays", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, role, grant } = yield* filled()
      yield* grant(role)
      yield* query(`REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role}`)
      yield* query(`ALTER ROLE ${role} RESET default_transaction_read_only`)
      const ask = yield* askAs(role)
      expect(yield* ask("TABLE encoding")).toMatch(/^42501 /)
      const again = yield* grant(role, { firstPassword: Redacted.make("another one") })
      expect(again).toMatchObject({ made: false, password: undefined })
      expect(yield* ask("TABLE encoding")).toHaveLength(3)
      expect(yield* ask("SHOW default_transaction_read_only")).toEqual([
        { default_transaction_read_only: "on" },
      ])

      const changed = Redacted.make("it's a new %one")
      expect(yield* grant(role, { changedPassword: changed })).toMatchObject({ password: changed })
      expect(yield* ask("TABLE encoding")).toMatch(/^28P01 password authentication failed/)
      expect(yield* (yield* askAs(role, Redacted.value(changed)))("TABLE encoding")).toHaveLength(3)
    }),
  )

  it.effect("is told what every role of the database may do, and less of it on a server of ours", () =>
    Effect.gen(function* () {
      const { query, url, freshSchema } = yield* TestPostgres
      const name = yield* freshSchema
      yield* Effect.acquireRelease(query(`CREATE DATABASE ${name} TEMPLATE template0`), () =>
        query(`DROP DATABASE ${name} WITH (FORCE)`),
      )
      const elsewhere = new URL(url)
      elsewhere.pathname = `/${name}`
      const { role, context, grant } = yield* filled({ url: elsewhere.href, schema: "archive" })
      const database = Context.get(context, PostgresDatabase)
      yield* database.transaction("write", (connection) =>
        connection.execute(
          "CREATE TABLE public.open (id int); GRANT SELECT ON public.open TO PUBLIC; GRANT CREATE ON SCHEMA public TO PUBLIC",
        ),
      )
      const { remarks } = yield* grant(role)
      expect(remarks).toEqual([
        {
          what: "It may make temporary tables, as every role of this database may",
          cure: `REVOKE TEMPORARY ON DATABASE "${name}" FROM PUBLIC`,
        },
        {
          what: "It may make tables in schema public, as every role of this database may",
          cure: 'REVOKE CREATE ON SCHEMA "public" FROM PUBLIC',
        },
        { what: "It reaches tables in schema public as well, by grants of their owner's", cure: undefined },
      ])
      for (const { cure } of remarks)
        if (cure !== undefined) yield* database.transaction("write", (connection) => connection.execute(cure))
      expect((yield* grant(role)).remarks).toHaveLength(1)
      yield* database.transaction("write", (connection) =>
        connection.execute(`GRANT TEMPORARY ON DATABASE ${name} TO PUBLIC`),
      )
      expect((yield* grant(role, { ownServer: true })).remarks).toHaveLength(1)
      yield* dropDatabaseGrants(database, role)
    }),
  )

  it.effect("can be made by the archive's owner who may make roles, and by no other", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      const loader = `${schema}_loader`
      const loaderUrl = yield* otherRole(loader, "LOGIN")
      yield* query(`CREATE SCHEMA ${schema} AUTHORIZATION ${loader}`)
      const { role, grant } = yield* filled({ url: loaderUrl, schema })
      const refused = yield* Effect.flip(grant(role))
      expect(refused).toMatchObject({ _tag: "ArchiveUnusable" })
      expect(refused.message).toContain(
        `: role ${loader} may not make roles. Have an administrator of the server run the same command with their own DATABASE_URL, or: ALTER ROLE "${loader}" CREATEROLE.`,
      )
      yield* query(`ALTER ROLE ${loader} CREATEROLE`)
      yield* grant(role)
      expect(yield* (yield* askAs(role))("TABLE encoding")).toHaveLength(3)
      expect(yield* grant(role)).toMatchObject({ made: false })

      const strangerUrl = yield* otherRole(`${schema}_stranger`, "LOGIN CREATEROLE")
      yield* query(`GRANT USAGE ON SCHEMA ${schema} TO ${schema}_stranger`)
      yield* query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${schema}_stranger`)
      const stranger = grantAs(yield* openArchive(schema, { url: strangerUrl }))
      const error = yield* Effect.flip(stranger(`${role}2`))
      expect(error._tag).toBe("ArchiveUnusable")
      expect(error.message).toContain(
        `: role ${schema}_stranger may not let others read archive_migration of ${loader}, archive_setting of ${loader}, category_outcome of ${loader} in schema ${schema}. Run the same command as their owner, `,
      )
      expect(yield* query("SELECT FROM pg_roles WHERE rolname = $1", [`${role}2`])).toEqual([])
    }),
  )

  it.effect.each([
    { what: "may make databases", rights: "LOGIN CREATEDB" },
    { what: "is a superuser", rights: "LOGIN SUPERUSER" },
    { what: "is a group, as which nobody logs in", rights: "NOLOGIN" },
    { what: "belongs to pg_read_all_data", granted: "GRANT pg_read_all_data TO {role}" },
    { what: "has INSERT on table {schema}.encoding", granted: "GRANT INSERT ON {schema}.encoding TO {role}" },
    { what: "has CREATE on schema {schema}", granted: "GRANT CREATE ON SCHEMA {schema} TO {role}" },
    { what: "owns tables or other things", granted: "CREATE SCHEMA AUTHORIZATION {role}" },
  ])("is not made of one that $what", ({ what, rights, granted }) =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, grant } = yield* filled()
      const role = `${schema}_other`
      yield* otherRole(role, rights ?? "LOGIN")
      const named = (text: string) => text.replaceAll("{schema}", schema).replaceAll("{role}", role)
      if (granted !== undefined) yield* query(named(granted))
      const { message } = yield* Effect.flip(grant(role))
      expect(message).toContain(
        `: role ${role} exists, and is not one that only reads: it ${named(what)}. Choose another name; nothing was changed.`,
      )
      const settings = query("SELECT rolconfig FROM pg_roles WHERE rolname = $1", [role])
      expect(yield* settings).toEqual([{ rolconfig: null }])
    }),
  )

  it.effect("needs an archive", () =>
    Effect.gen(function* () {
      const schema = yield* (yield* TestPostgres).freshSchema
      const { message } = yield* Effect.flip(grantAs(yield* openArchive(schema))("nobody_reads"))
      expect(message).toContain(`: there is no archive in schema ${schema} yet. Make one with: `)
    }),
  )

  it.effect("has a password of which the server was told no more than it keeps", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { role, grant } = yield* filled()
      yield* grant(role)
      const keeps = Effect.map(
        query("SELECT rolpassword AS kept FROM pg_authid WHERE rolname = $1", [role]),
        ([row]) => String(row!["kept"]),
      )
      const ours = yield* keeps
      expect(ours).toMatch(/^SCRAM-SHA-256\$4096:/)
      yield* query(`SET password_encryption TO 'scram-sha-256'; ALTER ROLE ${role} PASSWORD 'made there'`)
      const theirs = yield* keeps
      const salt = Buffer.from(/:([^$]+)\$/.exec(theirs)![1]!, "base64")
      expect(scramVerifier(Redacted.make("made there"), salt)).toBe(theirs)
    }),
  )
})

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

/** What a role may do in a database of its own keeps it from being dropped elsewhere. */
const dropDatabaseGrants = (database: PostgresDatabase["Service"], role: string) =>
  database.transaction("write", (connection) => connection.execute(`DROP OWNED BY ${role} CASCADE`))
