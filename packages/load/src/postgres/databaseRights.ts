/** Whether a role may do what loading takes, told without doing it. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ArchiveError } from "../ArchiveError.ts"
import { ArchiveUnusable } from "../ArchiveError.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { sqlStatement } from "./sqlStatement.ts"

const Rights = Schema.Struct({
  role: Schema.String,
  database: Schema.String,
  version: Schema.String,
  major: Schema.Int,
  readOnly: Schema.Boolean,
  mayMakeTemporaryTables: Schema.Boolean,
  mayMakeSchemas: Schema.Boolean,
  bytes: Schema.Finite,
  schemaExists: Schema.Boolean,
  mayUseSchema: Schema.Boolean,
  closedTables: Schema.Array(Schema.String),
})
export type DatabaseRights = typeof Rights.Type

/** Reads only. */
export const selectDatabaseRights: Effect.Effect<DatabaseRights, ArchiveError, PostgresDatabase> = Effect.gen(
  function* () {
    const { select, schema } = yield* PostgresDatabase
    const [rights] = yield* select(Rights, sqlStatement("selectRights"), [schema])
    return rights!
  },
)

/**
 * Fails where the schema is not there and the role may not make it: whoever is about to fill an archive wants to know before
 * anything is asked of the API. Of an archive that is there, the tables themselves tell.
 */
export const refuseWithoutSchema = Effect.gen(function* () {
  const rights = yield* selectDatabaseRights
  const lacking = rights.schemaExists ? undefined : lackingRight(rights, yield* PostgresDatabase)
  if (lacking !== undefined) return yield* lacking
})

/** The first thing that loading into the schema would be refused for; undefined where nothing is lacking. */
export const lackingRight = (
  rights: DatabaseRights,
  { place, schema }: { readonly place: string; readonly schema: string },
): ArchiveUnusable | undefined => {
  const { role, database } = rights
  const lacking = (reason: string, cure: string) => new ArchiveUnusable({ archive: place, reason, cure })
  if (rights.readOnly) {
    return lacking(
      `it is read-only, a standby perhaps, or role ${role} is (default_transaction_read_only)`,
      "Use the primary server, or another role.",
    )
  }
  if (!rights.mayMakeTemporaryTables) {
    return lacking(
      `role ${role} may not make temporary tables`,
      `Have the database's owner run: GRANT TEMPORARY ON DATABASE "${database}" TO "${role}".`,
    )
  }
  if (!rights.schemaExists && !rights.mayMakeSchemas) {
    return lacking(
      `there is no schema ${schema}, and role ${role} may not make one`,
      `Have the database's owner run: CREATE SCHEMA "${schema}" AUTHORIZATION "${role}".`,
    )
  }
  if (rights.schemaExists && !rights.mayUseSchema) {
    return lacking(
      `role ${role} may not make tables in schema ${schema}`,
      `Use the role that owns it, or have that one run: GRANT USAGE, CREATE ON SCHEMA "${schema}" TO "${role}".`,
    )
  }
  if (rights.closedTables.length > 0) {
    return lacking(
      `role ${role} may not write to ${rights.closedTables.slice(0, 3).join(", ")} in schema ${schema}`,
      "Use the role that made the archive.",
    )
  }
  return undefined
}
