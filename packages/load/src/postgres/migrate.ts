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

/** Applies the migrations that the archive lacks, within a transaction. Gives what was found before. */
export const migrate = Effect.fn("migrate")(function* (
  connection: PostgresConnection,
  archive: { readonly place: string; readonly schema: string },
  wanted: WantedArchive,
): Effect.fn.Return<InspectedArchive, ArchiveUnusable | PostgresError> {
  const before = yield* inspectArchive(connection, archive, wanted)
  if (before.pending.length === 0) return before
  yield* connection.execute(sqlStatement("lockArchive"), [archive.schema])
  // Once more: another program may have made the archive while we waited for the lock.
  const found = yield* inspectArchive(connection, archive, wanted)
  if (found.pending.length === 0) return found
  // Not IF NOT EXISTS, which a role that may not create schemas is refused even where there is one.
  if (!found.schemaExists) yield* connection.execute(`CREATE SCHEMA "${archive.schema}"`)
  yield* runMigrations(connection, archive.schema)
  return found
})

const runMigrations = (connection: PostgresConnection, schema: string) =>
  connection.withClient(async (client) => {
    // Takes half a second to load, and is needed once in the life of an archive.
    const { runner } = await import("node-pg-migrate")
    const refusals: Array<unknown> = []
    return runner({
      dbClient: withinTransaction(client, refusals),
      schema,
      dir: migrationFolder,
      direction: "up",
      migrationsTable: migrationTable,
      // Ours waits where the runner's would fail, and is given back with the transaction.
      noLock: true,
      singleTransaction: true,
      logger: { info: ignore, warn: ignore, error: ignore },
    }).catch((cause: unknown) => {
      throw refusals[0] ?? cause
    })
  })

/**
 * The runner would end our transaction, with our lock and before the archive's settings are in it, and leave its search path
 * in a session that may not be ours alone. Ours has begun already, and has the same search path.
 *
 * @param refusals what the database refuses is noted here: of some refusals the runner passes on no more than a text with its own trace
 */
const withinTransaction = (client: pg.ClientBase, refusals: Array<unknown>): pg.ClientBase => {
  const own = /^(BEGIN|COMMIT|ROLLBACK|SET search_path TO "[a-z0-9_]+")$/
  const query = async (text: string, values?: Array<unknown>) => {
    if (own.test(text)) return { rows: [] }
    try {
      return await client.query(text, values)
    } catch (cause) {
      refusals.push(cause)
      throw cause
    }
  }
  return Object.assign(Object.create(client), { query })
}

const ignore = () => {}
