/**
 * Makes a role that reads one archive and can do nothing else, for BI tools: all or nothing. What protects the archive are
 * the grants; that its transactions read only, and its time limits, are there so that a tool does no harm by mistake.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import pg from "pg"
import { ArchiveUnusable } from "../ArchiveError.ts"
import { archiveUnusable } from "./archiveFailure.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { scramVerifier } from "./scramVerifier.ts"
import { sqlStatement } from "./sqlStatement.ts"

export interface ReaderRequest {
  /** A plain lower-case identifier. */
  readonly role: string
  /** For a role that does not exist yet; of ASCII. */
  readonly firstPassword: Redacted.Redacted
  /** For a role that exists; undefined leaves its own. */
  readonly changedPassword: Redacted.Redacted | undefined
  /** What one statement may take, and a transaction in which nothing is asked. */
  readonly timeoutSeconds: number
  /** The server has no users but vodstation-etl and roles like this one, so that what everybody may do can be less. */
  readonly ownServer: boolean
}

export interface GrantedReader {
  readonly database: string
  /** The password that the role has now, where it was given one. */
  readonly password: Redacted.Redacted | undefined
  readonly made: boolean
  /** What the role can do all the same, since everybody can; each with the SQL that ends it, if there is one. */
  readonly remarks: ReadonlyArray<{ readonly what: string; readonly cure: string | undefined }>
}

const Found = Schema.Struct({
  self: Schema.String,
  database: Schema.String,
  archiveExists: Schema.Boolean,
  mayMakeRoles: Schema.Boolean,
  roleExists: Schema.Boolean,
  owners: Schema.Array(Schema.String),
  beyondReading: Schema.Array(Schema.String),
})

const Granted = Schema.Struct({
  connects: Schema.Boolean,
  unreadable: Schema.Array(Schema.String),
  makesTemporaryTables: Schema.Boolean,
  makesTablesIn: Schema.Array(Schema.String),
  reachesIn: Schema.Array(Schema.String),
})

const quote = pg.escapeIdentifier

export const grantReadonly = Effect.fn("grantReadonly")(function* (
  request: ReaderRequest,
): Effect.fn.Return<GrantedReader, ArchiveUnusable, PostgresDatabase> {
  const database = yield* PostgresDatabase
  return yield* Effect.catchTag(
    database.transaction("write", (connection) => grant(connection, database, request)),
    "PostgresError",
    (error) => Effect.fail(archiveUnusable(database.place, error)),
  )
})

const grant = Effect.fnUntraced(function* (
  connection: PostgresConnection,
  { place, schema }: PostgresDatabase["Service"],
  { role, ...request }: ReaderRequest,
) {
  const [found] = yield* connection.rows(Found, sqlStatement("inspectReader"), [role, schema])
  const refusal = refusalOf(found!, { place, schema, role })
  if (refusal !== undefined) return yield* refusal

  const { database, roleExists } = found!
  const password = roleExists ? request.changedPassword : request.firstPassword
  if (!roleExists) yield* connection.execute(`CREATE ROLE ${quote(role)} LOGIN`)
  if (password !== undefined)
    yield* connection.execute(`ALTER ROLE ${quote(role)} PASSWORD '${scramVerifier(password)}'`)
  const run = (statements: ReadonlyArray<string>) =>
    Effect.forEach(statements, (statement) => connection.execute(statement), { discard: true })
  yield* run([
    ...(request.ownServer ? [`REVOKE TEMPORARY ON DATABASE ${quote(database)} FROM PUBLIC`] : []),
    `GRANT CONNECT ON DATABASE ${quote(database)} TO ${quote(role)}`,
    `GRANT USAGE ON SCHEMA ${quote(schema)} TO ${quote(role)}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${quote(schema)} TO ${quote(role)}`,
  ])
  const [granted] = yield* connection.rows(Granted, sqlStatement("selectReader"), [role, schema])
  const { connects, unreadable } = granted!
  if (!connects || unreadable.length > 0) {
    return yield* new ArchiveUnusable({
      archive: place,
      reason: connects
        ? `role ${found!.self} may not let others read ${unreadable.slice(0, 3).join(", ")} in schema ${schema}`
        : `role ${found!.self} may not let others connect to database ${database}`,
      cure: "Run the same command as their owner, or as an administrator of the server; nothing was changed.",
    })
  }
  yield* run([
    // What later migrations make.
    ...found!.owners.map(
      (owner) =>
        `ALTER DEFAULT PRIVILEGES FOR ROLE ${quote(owner)} IN SCHEMA ${quote(schema)} GRANT SELECT ON TABLES TO ${quote(role)}`,
    ),
    `ALTER ROLE ${quote(role)} SET default_transaction_read_only TO on`,
    `ALTER ROLE ${quote(role)} SET statement_timeout TO '${request.timeoutSeconds}s'`,
    // A transaction that a tool leaves open would keep migrations waiting.
    `ALTER ROLE ${quote(role)} SET idle_in_transaction_session_timeout TO '${request.timeoutSeconds}s'`,
    `ALTER ROLE ${quote(role)} IN DATABASE ${quote(database)} SET search_path TO ${quote(schema)}`,
  ])
  return { database, password, made: !roleExists, remarks: remarksOf(granted!, database) }
})

const refusalOf = (
  found: typeof Found.Type,
  { place, schema, role }: { readonly place: string; readonly schema: string; readonly role: string },
): ArchiveUnusable | undefined => {
  const refusal = (reason: string, cure: string) => new ArchiveUnusable({ archive: place, reason, cure })
  if (!found.archiveExists) {
    return refusal(
      `there is no archive in schema ${schema} yet`,
      "Make one with: vodstation-etl backfill --from -7d",
    )
  }
  if (found.self === role || found.beyondReading.length > 0) {
    const why = found.self === role ? ["is the one that asks"] : found.beyondReading
    return refusal(
      `role ${role} exists, and is not one that only reads: it ${why.slice(0, 3).join(", ")}`,
      "Choose another name; nothing was changed.",
    )
  }
  if (!found.mayMakeRoles) {
    return refusal(
      `role ${found.self} may not make roles`,
      `Have an administrator of the server run the same command with their own DATABASE_URL, or: ALTER ROLE ${quote(found.self)} CREATEROLE.`,
    )
  }
  return undefined
}

const remarksOf = (granted: typeof Granted.Type, database: string): GrantedReader["remarks"] => [
  ...(granted.makesTemporaryTables
    ? [
        {
          what: "It may make temporary tables, as every role of this database may",
          cure: `REVOKE TEMPORARY ON DATABASE ${quote(database)} FROM PUBLIC`,
        },
      ]
    : []),
  ...granted.makesTablesIn.map((schema) => ({
    what: `It may make tables in schema ${schema}, as every role of this database may`,
    cure: `REVOKE CREATE ON SCHEMA ${quote(schema)} FROM PUBLIC`,
  })),
  ...granted.reachesIn.map((schema) => ({
    what: `It reaches tables in schema ${schema} as well, by grants of their owner's`,
    cure: undefined,
  })),
]
