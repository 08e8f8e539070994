/** What tests of the whole program stand on: a gateway on loopback, a real Postgres, a scratch folder, and a look into all of them. */
import { createHash, randomBytes } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Exit, Redacted, Schema, Scope } from "effect"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { useTestServer } from "@vodstation-etl/load/postgres/useTestServer.fixture"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"

export type Row = Readonly<Record<string, any>>

export interface Workbench {
  /** A folder that is removed at the end. */
  readonly home: string
  readonly simulator: RunningSimulator
  /** With the password. */
  readonly databaseUrl: string
  /** Holds all that the workbench has opened; closes with it. */
  readonly scope: Scope.Scope
  /** The environment of an operator who did everything right. */
  readonly environment: (schema: string) => Readonly<Record<string, string>>
  readonly select: (
    schema: string,
    sql: string,
    values?: ReadonlyArray<unknown>,
  ) => Promise<ReadonlyArray<Row>>
  readonly execute: (schema: string, sql: string, values?: ReadonlyArray<unknown>) => Promise<void>
  /** For what Postgres refuses in a transaction. */
  readonly outsideTransaction: (sql: string) => Promise<void>
  readonly schemaExists: (schema: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

/** @param database its URL, with the password; one of its own in the server of all tests, unless given */
export const openWorkbench = async (
  options: Partial<SimulatorOptions>,
  database: Effect.Effect<Redacted.Redacted, unknown, Scope.Scope> = useFreshDatabase,
): Promise<Workbench> => {
  const scope = Scope.makeUnsafe()
  const home = mkdtempSync(join(tmpdir(), "vodstation-workbench-"))
  const held = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>) =>
    Effect.runPromise(effect.pipe(Effect.provideService(Scope.Scope, scope)))
  const simulator = await held(startSimulator(options))
  const url = await held(database)
  const inDatabase = <A, E>(schema: string, use: Effect.Effect<A, E, PostgresDatabase>) =>
    Effect.runPromise(use.pipe(Effect.provide(PostgresDatabase.layer({ target: url, schema }))))
  const select: Workbench["select"] = (schema, sql, values) =>
    inDatabase(
      schema,
      Effect.flatMap(PostgresDatabase, (database) =>
        database.select(Schema.Record(Schema.String, Schema.Any), sql, values),
      ),
    )
  return {
    home,
    simulator,
    databaseUrl: Redacted.value(url),
    scope,
    environment: (schema) => ({
      VODSTATION_BASE_URL: simulator.baseUrl,
      NCLOUD_ACCESS_KEY_ID: simulator.accessKey,
      NCLOUD_SECRET_ACCESS_KEY: simulator.secretKey,
      DATABASE_URL: Redacted.value(url),
      VODSTATION_SCHEMA: schema,
    }),
    select,
    execute: (schema, sql, values) =>
      inDatabase(
        schema,
        Effect.flatMap(PostgresDatabase, (database) =>
          database.transaction("write", (connection) => connection.execute(sql, values)),
        ),
      ).then(() => undefined),
    outsideTransaction: (sql) =>
      inDatabase(
        "public",
        Effect.flatMap(PostgresDatabase, (database) =>
          database.withConnection((connection) => connection.execute(sql)),
        ),
      ).then(() => undefined),
    schemaExists: async (schema) =>
      (await select(schema, "SELECT 1 AS found FROM pg_namespace WHERE nspname = $1", [schema])).length > 0,
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A database of its own in the server of all tests: its URL, with the password. */
const useFreshDatabase = Effect.gen(function* () {
  const server = yield* useTestServer
  const name = `workbench_${randomBytes(8).toString("hex")}`
  const command = (sql: string) =>
    Effect.flatMap(PostgresDatabase, (database) =>
      database.withConnection((connection) => connection.execute(sql)),
    ).pipe(Effect.provide(PostgresDatabase.layer({ target: server.url, schema: "public" })), Effect.orDie)
  yield* Effect.acquireRelease(command(`CREATE DATABASE ${name}`), () =>
    command(`DROP DATABASE ${name} WITH (FORCE)`),
  )
  const url = new URL(Redacted.value(server.url))
  url.pathname = `/${name}`
  return Redacted.make(url.href)
})

/** Every file below a folder (or the file itself) with a digest of its bytes; undefined where there is nothing. */
export const contentsOf = (path: string): Readonly<Record<string, string>> | undefined => {
  if (!existsSync(path)) return undefined
  return Object.fromEntries(
    filesBelow(path).map((file) => [file, createHash("sha256").update(readFileSync(file)).digest("hex")]),
  )
}

/** Paths of all files below a folder, in order; of a file, itself. */
export const filesBelow = (path: string): ReadonlyArray<string> =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: "utf8" })
        .map((name) => join(path, name))
        .filter((file) => statSync(file).isFile())
        .toSorted()
    : [path]
