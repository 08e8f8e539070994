/**
 * For docs/cookbook.md: the demo's month, as two evenings have read it into Postgres. The gateway's clock stands still while
 * a run reads, so that the archive is the same whenever it is made.
 */
import { randomBytes } from "node:crypto"
import { Effect } from "effect"
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

/** The archive and its database, as a layer; the schema goes with the scope. */
export const useCookbookArchive = Effect.gen(function* () {
  const server = yield* useTestServer
  const schema = `cookbook_${randomBytes(8).toString("hex")}`
  const world = demoWorld(Date.parse("2026-08-15T12:00:00+09:00"))
  const simulator = yield* startSimulator({ ...world.simulator, clock: "fixed" })
  const layer = postgresArchiveLayer({ target: server.url, schema, timeZone: undefined })
  yield* Effect.addFinalizer(() =>
    Effect.flatMap(PostgresDatabase, (database) =>
      database.withConnection((connection) => connection.execute(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)),
    ).pipe(Effect.provide(layer), Effect.orDie),
  )
  for (const { now, ...range } of evenings) {
    simulator.setNow(Date.parse(now))
    yield* fillFromSimulator(simulator, { from: world.from, ...range }, () => Effect.void).pipe(
      Effect.provide(layer),
    )
  }
  return layer
})
