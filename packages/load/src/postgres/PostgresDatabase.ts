/**
 * A pool of connections to the database that holds an archive, used for a transaction each, with the archive's schema as its
 * search path. The archive is built on it, and the runner reads with it what the `Archive` service does not tell.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import pg from "pg"
import { type ArchiveError, ArchiveUnusable } from "../ArchiveError.ts"
import { archiveFailed, archiveUnusable } from "./archiveFailure.ts"
import { columnParsers } from "./columnParsers.ts"
import { HangingUpClient } from "./HangingUpClient.ts"
import { PostgresConnection, type TransactionMode } from "./PostgresConnection.ts"
import { type PostgresError, postgresError } from "./PostgresError.ts"
import { isTlsNotOffered } from "./libpqTls.ts"
import { type PostgresTarget, resolveTarget } from "./PostgresTarget.ts"
import { schemaName } from "./schemaName.ts"
import type { PostgresVariables } from "./urlWithVariables.ts"

export interface PostgresDatabaseOptions {
  readonly target: PostgresTarget
  /** PG* variables that stand somewhere else than in the environment, which comes before them. */
  readonly variables?: Redacted.Redacted<PostgresVariables> | undefined
  /** A plain lower-case identifier; need not exist yet. */
  readonly schema: string
}

/** Days in flight, and a few for short statements beside them. */
const maxConnections = 8
const connectTimeoutMs = 10_000

export class PostgresDatabase extends Context.Service<
  PostgresDatabase,
  {
    /** `host:port/database`, for messages. */
    readonly place: string
    readonly schema: string
    readonly transaction: <A, E, R>(
      mode: TransactionMode,
      use: (connection: PostgresConnection) => Effect.Effect<A, E, R>,
    ) => Effect.Effect<A, E | PostgresError, R>
    /**
     * A connection without a transaction, for statements that Postgres refuses in one, such as `VACUUM`. Its search path is
     * not the archive's.
     */
    readonly withConnection: <A, E, R>(
      use: (connection: PostgresConnection) => Effect.Effect<A, E, R>,
    ) => Effect.Effect<A, E | PostgresError, R>
    /**
     * Rows of one statement that only reads. bigint comes as BigInt, timestamptz as epoch ms,
     * date, json and numeric as text.
     */
    readonly select: <A>(
      row: Schema.Codec<A, any>,
      text: string,
      values?: ReadonlyArray<unknown>,
    ) => Effect.Effect<ReadonlyArray<A>, ArchiveError>
  }
>()("@vodstation-etl/load/postgres/PostgresDatabase") {
  /** Connects once, to tell at once what does not work. The pool closes with the layer. */
  static readonly layer = (
    options: PostgresDatabaseOptions,
  ): Layer.Layer<PostgresDatabase, ArchiveUnusable> =>
    Layer.effect(PostgresDatabase, makePostgresDatabase(options))
}

export const makePostgresDatabase = Effect.fn("makePostgresDatabase")(function* (
  options: PostgresDatabaseOptions,
): Effect.fn.Return<PostgresDatabase["Service"], ArchiveUnusable, Scope.Scope> {
  const schema = yield* Effect.fromResult(schemaName(options.schema))
  const {
    config: wanted,
    plainConfig,
    place,
  } = yield* Effect.fromResult(
    resolveTarget(options.target, process.env, options.variables && Redacted.value(options.variables)),
  )
  const config = plainConfig !== undefined && !(yield* offersTls(wanted)) ? plainConfig : wanted
  const pool = yield* Effect.acquireRelease(
    Effect.sync(() => openPool(config)),
    (pool) => Effect.promise(() => pool.end()),
  )
  // The pool's own queue would count waiting for a connection as a timeout to connect.
  const permits = yield* Semaphore.make(maxConnections)

  const connection = Effect.acquireRelease(permits.take(1), () => permits.release(1), {
    interruptible: true,
  }).pipe(
    Effect.andThen(
      Effect.acquireRelease(
        Effect.tryPromise({
          try: async () => new PostgresConnection(await pool.connect(), schema),
          catch: postgresError,
        }),
        (connection) => Effect.sync(() => connection.release()),
      ),
    ),
  )
  const withConnection: PostgresDatabase["Service"]["withConnection"] = (use) =>
    Effect.scoped(Effect.flatMap(connection, use))
  const transaction: PostgresDatabase["Service"]["transaction"] = (mode, use) =>
    withConnection((connection) => connection.transaction(mode, use(connection)))

  yield* transaction("read", checkEncoding(place)).pipe(
    Effect.catchTag("PostgresError", (error) => Effect.fail(archiveUnusable(place, error))),
  )
  return PostgresDatabase.of({
    place,
    schema,
    transaction,
    withConnection,
    select: (row, text, values) =>
      transaction("read", (connection) => connection.rows(row, text, values)).pipe(
        Effect.mapError(archiveFailed(place, "reading")),
      ),
  })
})

/** Whether the server does; yes where that cannot be told, and the next to connect is told why not. */
const offersTls = (config: pg.ClientConfig): Effect.Effect<boolean> =>
  Effect.promise(async () => {
    const client = new pg.Client({ ...config, connectionTimeoutMillis: connectTimeoutMs })
    client.on("error", ignore)
    try {
      await client.connect()
      return true
    } catch (cause) {
      return !isTlsNotOffered(cause)
    } finally {
      await client.end()
    }
  })

const ignore = () => {}

const openPool = (config: pg.ClientConfig): pg.Pool => {
  const pool = new pg.Pool({
    application_name: "vodstation-etl",
    ...config,
    max: maxConnections,
    Client: HangingUpClient,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types: columnParsers,
  })
  // A connection that breaks while nobody uses it is replaced when it is needed; while it is used, its statement fails.
  pool.on("error", ignore)
  pool.on("connect", (client) => client.on("error", ignore))
  return pool
}

const checkEncoding = (place: string) =>
  Effect.fnUntraced(function* (
    connection: PostgresConnection,
  ): Effect.fn.Return<void, ArchiveUnusable | PostgresError> {
    const [found] = yield* connection.rows(
      Schema.Struct({ encoding: Schema.String }),
      "SELECT current_setting('server_encoding') AS encoding",
    )
    if (found!.encoding === "UTF8") return undefined
    return yield* new ArchiveUnusable({
      archive: place,
      reason: `the database's encoding is ${found!.encoding}, which cannot hold every name`,
      cure: "Make one with: createdb --encoding UTF8 --template template0 NAME.",
    })
  })
