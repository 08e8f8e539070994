/** What `sslmode` in the URL means: the same as to psql, tried on servers with and without TLS. */
import * as fs from "node:fs"
import * as path from "node:path"
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Layer, Redacted, Schema } from "effect"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { TestPostgres } from "./TestPostgres.fixture.ts"
import { hasOpenssl, startTlsServer } from "./tlsServer.fixture.ts"

const Encrypted = Schema.Struct({ ssl: Schema.Boolean })

/** Whether the connection is encrypted; or what is said, in one line, where there is none. */
const connect = (url: string) =>
  Effect.gen(function* () {
    const database = Context.get(
      yield* Layer.build(PostgresDatabase.layer({ target: Redacted.make(url), schema: "vodstation" })),
      PostgresDatabase,
    )
    const [found] = yield* database.select(
      Encrypted,
      "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
    )
    return found!.ssl
  }).pipe(
    Effect.scoped,
    Effect.catch((error) => Effect.succeed(error.message.replace(/^[^ ]*:\d+\/\w+: /, ""))),
  )

const untrusted =
  /^no authority that is known here has signed its certificate\. Correct sslmode and sslrootcert/

const title = (text: string) => (hasOpenssl ? text : `${text} (skipped where there is no openssl)`)

layer(TestPostgres.layer, { excludeTestServices: true })("TLS", (it) => {
  it.effect.skipIf(!hasOpenssl)(title("is used as sslmode says, where the server offers it"), () =>
    Effect.gen(function* () {
      const { url, authority, stranger } = yield* startTlsServer
      const named = url.replace("127.0.0.1", "localhost")
      const expected: ReadonlyArray<readonly [string, boolean | RegExp]> = [
        [url, false],
        [`${url}?sslmode=disable`, false],
        [`${url}?sslmode=allow`, true],
        [`${url}?sslmode=prefer`, true],
        [`${url}?sslmode=require`, true],
        // With an authority, require is verify-ca.
        [`${url}?sslmode=require&sslrootcert=${authority}`, true],
        [`${url}?sslmode=require&sslrootcert=${stranger}`, untrusted],
        [`${url}?sslmode=verify-ca&sslrootcert=${authority}`, true],
        [`${url}?sslmode=verify-ca&sslrootcert=${stranger}`, untrusted],
        [`${named}?sslmode=verify-full&sslrootcert=${authority}`, true],
        [
          `${url}?sslmode=verify-full&sslrootcert=${authority}`,
          /^its certificate is for another host\. Correct/,
        ],
        [`${named}?sslmode=verify-full&sslrootcert=${stranger}`, untrusted],
        // Node's own list does not know it.
        [`${named}?sslmode=verify-full`, untrusted],
        [`${named}?sslmode=verify-full&sslrootcert=system`, untrusted],
      ]
      for (const [url, outcome] of expected) {
        const found = yield* connect(url)
        const mode = url.split("?")[1]
        if (typeof outcome === "boolean") expect([mode, found]).toEqual([mode, outcome])
        else expect([mode, found]).toEqual([mode, expect.stringMatching(outcome)])
        expect(String(found)).not.toContain("\n")
      }
    }),
  )

  it.effect.skipIf(!hasOpenssl)(title("is what a server may insist on"), () =>
    Effect.gen(function* () {
      const { url, query, dataFolder } = yield* startTlsServer
      yield* query("CREATE ROLE encrypted LOGIN PASSWORD 'x'")
      const access = path.join(dataFolder, "pg_hba.conf")
      fs.writeFileSync(access, `hostnossl all encrypted all reject\n${fs.readFileSync(access, "utf8")}`)
      yield* query("SELECT pg_reload_conf()")
      const as = url.replace(/\/\/.*@/, "//encrypted:x@")
      expect(yield* connect(as)).toMatch(/encrypted.*no encryption\. Add sslmode=require/)
      expect(yield* connect(`${as}?sslmode=require`)).toBe(true)
    }),
  )

  it.effect("is refused in one line, or gone without, where the server offers none", () =>
    Effect.gen(function* () {
      const { url } = yield* TestPostgres
      for (const mode of ["require", "verify-full"]) {
        expect(yield* connect(`${url}?sslmode=${mode}`)).toBe(
          "it offers no TLS. Switch it on there (ssl in postgresql.conf), or choose sslmode=prefer or disable in DATABASE_URL.",
        )
      }
      for (const mode of ["disable", "allow", "prefer"])
        expect([mode, yield* connect(`${url}?sslmode=${mode}`)]).toEqual([mode, false])
    }),
  )
})
