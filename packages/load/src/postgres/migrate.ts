/**
 * Makes the archive's tables, or brings those of an older program up to date: forward only, all or nothing, one program at
 * a time.
 */
import * as Effect from "effect/Effect"
import type pg from "pg"
import type { ArchiveUnusable } from "../ArchiveError.ts"
import { type InspectedArchive, inspectArchive, type WantedArchive } from "./inspectArchive.ts"
import { migrationFolder } from "./migrationNames.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

const migrationTable = "archive_migration"

/** Applies the migrations that the archive lacks. Gives what was found before, so that nothing was written if it fails. */
export const migrate = Effect.fn("migrate")(function* (
  connection: PostgresConnection,
  archive: { readonly place: string; readonly schema: string },
  wanted: WantedArchive,
): Effect.fn.Return<InspectedArchive, ArchiveUnusable | PostgresError> {
  const before = yield* inspectArchive(connection, archive, wanted)
  if (before.pending.length === 0) return before
  return yield* connection.whole(
    Effect.gen(function* () {
      yield* connection.begin()
      yield* connection.execute(sqlStatement("lockArchive"), [archive.schema])
      // Once more: another program may have made the archive while we waited for the lock.
      const found = yield* inspectArchive(connection, archive, wanted)
      if (found.pending.length > 0) {
        // Not IF NOT EXISTS, which a role that may not create schemas is refused even where there is one.
        if (!found.schemaExists) yield* connection.execute(`CREATE SCHEMA "${archive.schema}"`)
        yield* runMigrations(connection, archive.schema)
      }
      // The runner has committed already; then this does nothing.
      yield* connection.execute("COMMIT")
      return found
    }),
  )
})

/**
 * The runner's own BEGIN finds our transaction open, which Postgres answers with a warning, and its COMMIT ends it: so the
 * schema, the table of migrations and the migrations come at once, under our lock and not the runner's, which would fail
 * instead of waiting.
 */
const runMigrations = (connection: PostgresConnection, schema: string) =>
  connection.withClient(async (dbClient) => {
    // Takes half a second to load, and is needed once in the life of an archive.
    const { runner } = await import("node-pg-migrate")
    const refusals: Array<unknown> = []
    return runner({
      dbClient: noting(dbClient, refusals),
      schema,
      dir: migrationFolder,
      direction: "up",
      migrationsTable: migrationTable,
      noLock: true,
      // Else the first migration's COMMIT would give our lock back, with the others still to come.
      singleTransaction: true,
      logger: { info: ignore, warn: ignore, error: ignore },
    }).catch((cause: unknown) => {
      throw refusals[0] ?? cause
    })
  })

/** The client, with what the database refuses noted: of some refusals the runner passes on no more than a text with its own trace. */
const noting = (client: pg.PoolClient, refusals: Array<unknown>): pg.PoolClient =>
  new Proxy(client, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== "function") return value
      if (key !== "query") return value.bind(target)
      return async (...query: ReadonlyArray<unknown>) => {
        try {
          return await value.apply(target, query)
        } catch (cause) {
          refusals.push(cause)
          throw cause
        }
      }
    },
  })

const ignore = () => {}
