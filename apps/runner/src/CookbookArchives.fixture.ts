/**
 * For docs/cookbook.md: the demo's month, as two evenings have read it into Postgres and into CSV files. The gateway's clock
 * stands still while a run reads, nothing fails and one request is sent at a time, so that the archives are the same whenever they are
 * made.
 */
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import { csvTableExportLayer } from "@vodstation-etl/load/csv/CsvTableExport"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { useTestServer } from "@vodstation-etl/load/postgres/useTestServer.fixture"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import { demoWorld } from "./demoWorld.ts"
import { fillFromSimulator } from "./fillFromSimulator.ts"

const evenings = [
  { now: "2026-08-13T20:00:00+09:00", to: "2026-08-14", resolution: "1d" },
  { now: "2026-08-14T20:30:00+09:00", to: "2026-08-15", resolution: "1h" },
]

/** As layers: the archive in Postgres with its database, and what exports from the CSV archive. Both go with the scope. */
export const useCookbookArchives = Effect.gen(function* () {
  const server = yield* useTestServer
  const schema = `cookbook_${randomBytes(8).toString("hex")}`
  const world = demoWorld(Date.parse("2026-08-15T12:00:00+09:00"))
  const simulator = yield* startSimulator({ ...world.simulator, clock: "fixed", faults: 0 })
  const postgres = postgresArchiveLayer({ target: server.url, schema, timeZone: undefined })
  yield* Effect.addFinalizer(() =>
    Effect.flatMap(PostgresDatabase, (database) =>
      database.withConnection((connection) => connection.execute(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)),
    ).pipe(Effect.provide(postgres), Effect.orDie),
  )
  const home = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "vodstation-cookbook-"))),
    (made) => Effect.sync(() => rmSync(made, { recursive: true, force: true })),
  )
  const folder = join(home, "archive")
  const csv = (access: "read" | "write") =>
    CsvArchive.layer({ folder, timeZone: undefined, excel: undefined, access })
  for (const { now, ...range } of evenings) {
    simulator.setNow(Date.parse(now))
    const fill = fillFromSimulator(
      simulator,
      { from: world.from, ...range, concurrency: 1 },
      () => Effect.void,
    )
    yield* fill.pipe(Effect.provide(postgres))
    yield* fill.pipe(Effect.provide(csv("write")))
  }
  return { postgres, csvExport: csvTableExportLayer(folder).pipe(Layer.provide(csv("read"))) }
})
