/**
 * An embedded DuckDB in memory: over the files of a CSV archive, and to write Parquet. It is an optional package, loaded
 * when it is needed, and reaches nothing but the folders it is opened for: no network, no extensions, no home folder.
 */
import * as fs from "node:fs/promises"
import * as os from "node:os"
import * as path from "node:path"
import type {
  DuckDBConnection,
  DuckDBPreparedStatement,
  DuckDBResult,
  DuckDBType,
  DuckDBValue,
  StatementType,
} from "@duckdb/node-api"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { ArchiveUnusable } from "../ArchiveError.ts"
import type { TypedColumn } from "../rowsText.ts"
import { onlySelect } from "../SelectRefused.ts"
import { type DuckDbError, duckDbError } from "./DuckDbError.ts"

export interface DuckDbOptions {
  /** What it may read from and write to; nothing else of the file system. */
  readonly folders: ReadonlyArray<string>
  /** With one, a stream of rows keeps its order at the least memory. */
  readonly threads: number
  /** Who asks, for the message where the package is missing. */
  readonly place: string
}

/** Rows that come as they are asked for. */
export interface RowStream {
  readonly types: ReadonlyArray<DuckDBType>
  /** Some rows; undefined when all have come. */
  readonly next: Effect.Effect<Array<Array<DuckDBValue>> | undefined, DuckDbError>
}

export interface DuckDb {
  /** Runs statements that give no rows. */
  readonly run: (sql: string) => Effect.Effect<void, DuckDbError>
  /** Runs one `COPY … TO` of our own, and gives the count of rows. */
  readonly copy: (sql: string) => Effect.Effect<number, DuckDbError>
  /** How much of a `copy` is done, 0 to 100, while there is one and DuckDB knows; it knows nothing of sorting. */
  readonly copied: () => number | undefined
  /** Runs one SELECT, and nothing else; `use` takes its rows, piece by piece. When interrupted, it stops first. */
  readonly read: <A>(
    sql: string,
    parameters: ReadonlyArray<string | null>,
    use: (result: DuckDBResult) => Promise<A>,
  ) => Effect.Effect<A, DuckDbError>
  /** The same, with rows as they are asked for, at a flat cost of memory. */
  readonly stream: (
    sql: string,
    parameters?: ReadonlyArray<string>,
  ) => Effect.Effect<RowStream, DuckDbError, Scope.Scope>
  /** How many statements a text holds. */
  readonly statements: (sql: string) => Effect.Effect<number, DuckDbError>
  /** The columns that one SELECT would have; it is not run. */
  readonly columns: (sql: string) => Effect.Effect<ReadonlyArray<TypedColumn>, DuckDbError>
}

/** Beyond it, sorting and joining go to a temporary folder. */
const memoryLimit = "640MB"

/** Fails with `ArchiveUnusable` where the package is not installed. Everything goes with the scope. */
export const openDuckDb = Effect.fn("openDuckDb")(function* (options: DuckDbOptions) {
  const { DuckDBInstance, StatementType } = yield* Effect.tryPromise({
    try: () => import("@duckdb/node-api"),
    catch: () =>
      new ArchiveUnusable({
        archive: options.place,
        reason: "this takes DuckDB, and the optional package @duckdb/node-api is not installed here",
        cure: "Install again without leaving optional packages out (no --omit=optional, no --no-optional).",
      }),
  })
  const spill = yield* Effect.acquireRelease(
    Effect.promise(() => fs.mkdtemp(path.join(os.tmpdir(), "vodstation-duckdb-"))),
    (folder) => Effect.promise(() => fs.rm(folder, { recursive: true, force: true })),
  )
  const instance = yield* Effect.acquireRelease(
    Effect.promise(() =>
      DuckDBInstance.create(":memory:", {
        allow_persistent_secrets: "false",
        // Else it asks the network for them, and makes a folder in the home.
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
        memory_limit: memoryLimit,
        temp_directory: spill,
        threads: String(options.threads),
      }),
    ),
    (instance) => Effect.sync(() => instance.closeSync()),
  )
  const connection = yield* Effect.acquireRelease(
    Effect.promise(() => instance.connect()),
    (connection) => Effect.sync(() => connection.closeSync()),
  )
  const duckDb = usingConnection(connection, StatementType.SELECT)
  const inside = options.folders.map((folder) => textLiteral(path.join(folder, path.sep)))
  const folders = options.folders.map(textLiteral)
  // In this order: none of them can be taken back.
  yield* duckDb
    .run(
      `SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0; SET allowed_directories = [${inside.join(", ")}]; SET allowed_paths = [${folders.join(", ")}]; SET enable_external_access = false; SET lock_configuration = true`,
    )
    .pipe(Effect.orDie)
  return duckDb
})

const usingConnection = (connection: DuckDBConnection, selecting: StatementType): DuckDb => {
  const working = <A>(work: () => Promise<A>): Effect.Effect<A, DuckDbError> =>
    Effect.callback((resume) => {
      const done = work().then(
        (value) => resume(Effect.succeed(value)),
        (cause: unknown) => resume(Effect.fail(duckDbError(cause))),
      )
      return Effect.promise(() => {
        connection.interrupt()
        return done
      })
    })
  const prepare = async (sql: string) => {
    const prepared = await connection.prepare(sql)
    if (prepared.statementType !== selecting) throw new Error(`Parser Error: ${onlySelect}`)
    return prepared
  }
  let copying = false
  return {
    run: (sql) => Effect.asVoid(working(() => connection.run(sql))),
    copy: (sql) =>
      working(async () => {
        copying = true
        try {
          const [row] = await (await connection.run(sql)).getRows()
          return Number(row![0])
        } finally {
          copying = false
        }
      }),
    copied: () => {
      const percent = copying ? connection.progress.percentage : -1
      return percent < 0 ? undefined : percent
    },
    read: (sql, parameters, use) =>
      working(async () => {
        const prepared = await prepare(sql)
        try {
          bind(prepared, parameters)
          return await use(await prepared.stream())
        } finally {
          prepared.destroySync()
        }
      }),
    stream: (sql, parameters = []) =>
      Effect.gen(function* () {
        const prepared = yield* Effect.acquireRelease(
          working(() => prepare(sql)),
          (prepared) => Effect.sync(() => prepared.destroySync()),
        )
        const result = yield* working(() => {
          bind(prepared, parameters)
          return prepared.stream()
        })
        return {
          types: result.columnTypes(),
          next: working(async () => {
            const chunk = await result.fetchChunk()
            return chunk === null || chunk.rowCount === 0 ? undefined : chunk.getRows()
          }),
        }
      }),
    statements: (sql) => working(async () => (await connection.extractStatements(sql)).count),
    columns: (sql) =>
      working(async () => {
        const prepared = await prepare(sql)
        try {
          return Array.from({ length: prepared.columnCount }, (_, at) => ({
            name: prepared.columnName(at),
            type: String(prepared.columnType(at)),
          }))
        } finally {
          prepared.destroySync()
        }
      }),
  }
}

const bind = (prepared: DuckDBPreparedStatement, parameters: ReadonlyArray<string | null>): void => {
  for (const [at, value] of parameters.entries())
    if (value === null) prepared.bindNull(at + 1)
    else prepared.bindVarchar(at + 1, value)
}

/** A text as SQL has it. */
export const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`
