/** For tests of roles that only read: filled archives, roles that are gone when their test ends, and what they are told. */
import { Context, Effect, Redacted } from "effect"
import pg from "pg"
import { Archive } from "../Archive.ts"
import { grantReadonly, type ReaderRequest } from "./grantReadonly.ts"
import type { PostgresDatabase } from "./PostgresDatabase.ts"
import { encodingsOf, firstReadAt, load } from "./reading.fixture.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

export const host = "vodstation.apigw.ntruss.com"
export const first = Redacted.make("the first password")

const request = (role: string, other: Partial<ReaderRequest> = {}): ReaderRequest => ({
  role,
  firstPassword: first,
  changedPassword: undefined,
  timeoutSeconds: 300,
  ownServer: false,
  ...other,
})

/** What the server says to the last of some statements of that role: its rows, or the code and the words of its refusal. */
export const askAs = (role: string, password = Redacted.value(first)) =>
  Effect.gen(function* () {
    const url = new URL((yield* TestPostgres).url)
    url.username = role
    url.password = encodeURIComponent(password)
    return (...statements: ReadonlyArray<string>) =>
      Effect.promise(async () => {
        const client = new pg.Client({ connectionString: url.href })
        try {
          await client.connect()
          let rows: unknown
          for (const statement of statements) rows = (await client.query(statement)).rows
          return rows
        } catch (cause) {
          const { code, message } = cause as pg.DatabaseError
          return `${code} ${message}`
        } finally {
          await client.end()
        }
      })
  })

/** What every role may say. */
export const writable = "SET default_transaction_read_only TO off"

export const dropRole = (role: string) =>
  Effect.flatMap(TestPostgres, ({ query }) =>
    query(`SELECT FROM pg_roles WHERE rolname = $1`, [role]).pipe(
      Effect.flatMap((found) =>
        found.length === 0 ? Effect.void : query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`),
      ),
    ),
  )

/** A filled archive, and a name for a role, which is gone when the test ends. */
export const filled = (options: { readonly url?: string; readonly schema?: string } = {}) =>
  Effect.gen(function* () {
    const { freshSchema } = yield* TestPostgres
    const schema = options.schema ?? (yield* freshSchema)
    const role = `${schema}_bi`
    yield* Effect.addFinalizer(() => dropRole(role))
    const context = yield* openArchive(schema, options)
    const archive = Context.get(context, Archive)
    yield* archive.prepare(host)
    yield* load(archive, encodingsOf(3), firstReadAt)
    return { schema, role, context, grant: grantAs(context) }
  })

export const grantAs =
  (context: Context.Context<Archive | PostgresDatabase>) => (role: string, other?: Partial<ReaderRequest>) =>
    grantReadonly(request(role, other)).pipe(Effect.provide(context))

/** A role of the server with those rights, gone when the test ends, and the server's URL for it. */
export const otherRole = (name: string, rights: string) =>
  Effect.gen(function* () {
    const { query, url } = yield* TestPostgres
    yield* Effect.acquireRelease(query(`CREATE ROLE ${name} PASSWORD 'secret' ${rights}`), () =>
      dropRole(name),
    )
    const own = new URL(url)
    own.username = name
    own.password = "secret"
    return own.href
  })
