/** For tests: the embedded server, and schemas in it that are dropped when their test ends. */
import { randomBytes } from "node:crypto"
import { Context, Effect, Layer, Redacted, type Scope } from "effect"
import pg from "pg"
import type { Archive } from "../Archive.ts"
import type { ArchiveUnusable } from "../ArchiveError.ts"
import { postgresArchiveLayer } from "./PostgresArchive.ts"
import type { PostgresDatabase } from "./PostgresDatabase.ts"
import { useTestServer } from "./useTestServer.fixture.ts"

export class TestPostgres extends Context.Service<
  TestPostgres,
  {
    readonly url: string
    /** Statements beside those of the archive, with pg's own types but for json, dates and times, which come as text. */
    readonly query: (
      text: string,
      values?: ReadonlyArray<unknown>,
    ) => Effect.Effect<Array<Record<string, any>>>
    /** The name of a schema that does not exist yet, and will not when the test has ended. */
    readonly freshSchema: Effect.Effect<string, never, Scope.Scope>
  }
>()("@vodstation-etl/load/postgres/TestPostgres") {
  static readonly layer = Layer.effect(
    TestPostgres,
    Effect.gen(function* () {
      const server = yield* useTestServer
      const url = Redacted.value(server.url)
      const pool = yield* Effect.acquireRelease(
        Effect.sync(() => {
          const pool = new pg.Pool({
            connectionString: url,
            max: 4,
            types: asText,
            options: "-c TimeZone=UTC",
          })
          // The server may be stopped before the last connection has hung up.
          pool.on("connect", (client) => client.on("error", () => {}))
          return pool.on("error", () => {})
        }),
        (pool) => Effect.promise(() => pool.end()),
      )
      const query = (text: string, values: ReadonlyArray<unknown> = []) =>
        Effect.map(
          Effect.promise(() => pool.query(text, [...values])),
          (result) => result.rows,
        )
      return TestPostgres.of({
        url,
        query,
        freshSchema: Effect.acquireRelease(
          Effect.sync(() => `test_${randomBytes(8).toString("hex")}`),
          (schema) => query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`),
        ),
      })
    }),
  )
}

const textTypes: ReadonlySet<number> = new Set([
  pg.types.builtins.DATE,
  pg.types.builtins.TIMESTAMPTZ,
  pg.types.builtins.JSON,
])

const asText: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    textTypes.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format),
}

/** An archive of this test's server, open until the scope closes. */
export const openArchive = Effect.fn("openArchive")(function* (
  schema: string,
  options: { readonly timeZone?: string; readonly url?: string } = {},
): Effect.fn.Return<
  Context.Context<Archive | PostgresDatabase>,
  ArchiveUnusable,
  TestPostgres | Scope.Scope
> {
  const { url } = yield* TestPostgres
  return yield* Layer.build(
    Layer.fresh(
      postgresArchiveLayer({
        target: Redacted.make(options.url ?? url),
        schema,
        timeZone: options.timeZone,
      }),
    ),
  )
})
