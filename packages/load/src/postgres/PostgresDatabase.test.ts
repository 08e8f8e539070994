/** What is said when the database cannot be used. No message, and nothing else of an error, holds a password. */
import * as net from "node:net"
import { inspect } from "node:util"
import { expect, layer } from "@effect/vitest"
import { Effect, Layer, Redacted, Schedule, type Scope } from "effect"
import type { ArchiveUnusable } from "../ArchiveError.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import type { PostgresTarget } from "./PostgresTarget.ts"
import { TestPostgres } from "./TestPostgres.fixture.ts"

const password = "hunter2-grün"

const refusal = (
  target: PostgresTarget,
  schema = "vodstation",
): Effect.Effect<ArchiveUnusable, unknown, Scope.Scope> =>
  Layer.build(PostgresDatabase.layer({ target, schema })).pipe(
    Effect.flip,
    Effect.tap((error) =>
      Effect.sync(() => {
        const everything = `${error.message} ${inspect(error, { depth: 9 })} ${JSON.stringify(error)} ${error.stack}`
        for (const secret of ["hunter2", "gr%C3%BCn", "grün"]) expect(everything).not.toContain(secret)
      }),
    ),
  )

const url = (text: string) => Redacted.make(text.replace("PASSWORD", encodeURIComponent(password)))

const closedPort = Effect.promise(
  () =>
    new Promise<number>((resolve) => {
      const server = net.createServer().listen(0, "127.0.0.1", () => {
        const { port } = server.address() as net.AddressInfo
        server.close(() => resolve(port))
      })
    }),
)

layer(TestPostgres.layer, { excludeTestServices: true })("a database that cannot be used", (it) => {
  it.effect("does not listen", () =>
    Effect.gen(function* () {
      const port = yield* closedPort
      const error = yield* refusal(url(`postgres://me:PASSWORD@127.0.0.1:${port}/archive`))
      expect(error._tag).toBe("ArchiveUnusable")
      expect(error.message).toBe(
        `127.0.0.1:${port}/archive: nothing listens there. Start the server, or correct DATABASE_URL (or PGHOST, PGPORT).`,
      )
      const byName = yield* refusal(url(`postgres://me:PASSWORD@localhost:${port}/archive`))
      expect(byName.reason).toBe("nothing listens there")
    }),
  )

  it.effect("has no such host, or no such socket", () =>
    Effect.gen(function* () {
      const error = yield* refusal(url("postgres://me:PASSWORD@no-such-host.invalid/archive"))
      expect(error.archive).toBe("no-such-host.invalid:5432/archive")
      expect(error.reason).toMatch(/no such host|cannot be looked up/)
      const socket = yield* refusal(url("postgres://me:PASSWORD@/archive?host=/no/such/folder"))
      expect(socket).toMatchObject({
        archive: "/no/such/folder:5432/archive",
        reason: "there is no such socket",
      })
    }),
  )

  it.effect("does not exist, or refuses the password or the user", () =>
    Effect.gen(function* () {
      const { query, url: good } = yield* TestPostgres
      const change = (part: "pathname" | "password" | "username", value: string) => {
        const changed = new URL(good)
        changed[part] = value
        return Redacted.make(changed.href)
      }
      const missing = yield* refusal(change("pathname", "/no_such_database"))
      expect(missing.message).toMatch(
        /127\.0\.0\.1:\d+\/no_such_database: database "no_such_database" does not exist\. .*createdb/,
      )
      const wrong = yield* refusal(change("password", password))
      expect(wrong.message).toMatch(/password authentication failed.*Correct the password/)
      const none = yield* refusal(change("password", ""))
      expect(none.message).toMatch(/asks for a password|password authentication failed/)
      // Nobody is left at the door, which would keep the process from ending.
      const waiting = query("SELECT pid FROM pg_stat_activity WHERE state = 'starting' AND usename IS NULL")
      yield* Effect.repeat(waiting, {
        until: (rows) => rows.length === 0,
        schedule: Schedule.spaced("20 millis"),
      }).pipe(Effect.timeout("10 seconds"))
      const stranger = yield* refusal(change("username", "nobody_of_that_name"))
      expect(stranger.message).toContain("nobody_of_that_name")
    }),
  )

  it.effect("does not speak the language", () =>
    Effect.gen(function* () {
      // Something that hangs up on everybody.
      const server = yield* Effect.acquireRelease(
        Effect.promise(
          () =>
            new Promise<net.Server>((resolve) => {
              const server = net.createServer((socket) => socket.destroy())
              server.listen(0, "127.0.0.1", () => resolve(server))
            }),
        ),
        (server) => Effect.sync(() => server.close()),
      )
      const { port } = server.address() as net.AddressInfo
      const error = yield* refusal(url(`postgres://me:PASSWORD@127.0.0.1:${port}/archive`))
      expect(error._tag).toBe("ArchiveUnusable")
    }),
  )

  it.effect("is named by a URL that is none, which is not repeated", () =>
    Effect.gen(function* () {
      const texts = [
        "mysql://me:PASSWORD@host/archive",
        "me:PASSWORD@host",
        "",
        `postgres://me:12/34${password}@host/archive`,
        `postgres://me:12#${password}@host/archive`,
        `postgres://me:12?${password}@host/archive`,
        "postgres://me:PASSWORD@host:port/archive",
        "postgres://me:PASSWORD@[::1/archive",
      ]
      for (const text of texts) {
        const error = yield* refusal(url(text))
        expect(error.message).toMatch(/^DATABASE_URL: it is no Postgres URL\. It looks like postgresql:/)
      }
      const noFile = yield* refusal(url("postgres://me:PASSWORD@host/archive?sslrootcert=/no/such/file.pem"))
      expect(noFile.message).toContain("/no/such/file.pem")
    }),
  )

  it.effect("cannot hold every text", () =>
    Effect.gen(function* () {
      const { freshSchema, query, url: good } = yield* TestPostgres
      const name = yield* freshSchema
      yield* Effect.acquireRelease(
        query(`CREATE DATABASE ${name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`),
        () => query(`DROP DATABASE ${name} WITH (FORCE)`),
      )
      const latin = new URL(good)
      latin.pathname = `/${name}`
      const error = yield* refusal(Redacted.make(latin.href))
      expect(error.message).toContain("encoding is LATIN1")
    }),
  )

  it.effect("is to hold an archive in a schema of an impossible name", () =>
    Effect.gen(function* () {
      const { url: good } = yield* TestPostgres
      for (const schema of [
        'a"; DROP SCHEMA public; --',
        "Upper",
        "",
        "1a",
        "pg_x",
        "a".repeat(64),
        "a-b",
        "ä",
      ]) {
        const error = yield* refusal(Redacted.make(good), schema)
        expect(error).toMatchObject({ _tag: "ArchiveUnusable", archive: "VODSTATION_SCHEMA" })
      }
    }),
  )
})
