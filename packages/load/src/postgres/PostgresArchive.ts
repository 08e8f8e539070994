/**
 * The archive in Postgres. A day is merged in one transaction: the ordinary rows by difference in SQL, twins by core's
 * rules themselves (`commitDay`). Opening it only looks; `prepare` makes it.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Archive } from "../Archive.ts"
import type { ArchiveUnusable } from "../ArchiveError.ts"
import { archiveFailed, archiveUnusable } from "./archiveFailure.ts"
import { keepFacts, selectFacts } from "./apiFacts.ts"
import { keepSetting } from "./archiveSetting.ts"
import { countAnomalies, countRejectReasons } from "./countReasons.ts"
import { countRows } from "./countRows.ts"
import { inspectArchive, otherHost, otherZone } from "./inspectArchive.ts"
import { lookAtDay, selectHeldDates } from "./lookAtDay.ts"
import { migrate } from "./migrate.ts"
import type { PostgresConnection, TransactionMode } from "./PostgresConnection.ts"
import { PostgresDatabase, type PostgresDatabaseOptions } from "./PostgresDatabase.ts"
import type { PostgresError } from "./PostgresError.ts"
import { finishRun, selectRuns, startRun } from "./runRecords.ts"
import { selectLedger } from "./selectLedger.ts"
import { selectOpenEncodings } from "./selectOpenEncodings.ts"
import { selectSizes } from "./selectSizes.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { stageDay } from "./stageDay.ts"
import { makeWaitForDatabase } from "./waitForDatabase.ts"

export interface PostgresArchiveOptions extends PostgresDatabaseOptions {
  /** What the user set; undefined: the archive's own, `Asia/Seoul` for a new one. */
  readonly timeZone: string | undefined
  /** The API host, without a port, that a run is about to fill it from; an archive of another one is refused at once. */
  readonly host?: string | undefined
}

/** The archive of a database that is open already. */
export const makePostgresArchive = Effect.fn("makePostgresArchive")(function* (
  wantedZone: string | undefined,
  wantedHost?: string,
): Effect.fn.Return<Archive["Service"], ArchiveUnusable, PostgresDatabase> {
  const database = yield* PostgresDatabase
  const { place, schema } = database
  const waitForDatabase = makeWaitForDatabase(place)

  const opening = <A>(
    mode: TransactionMode,
    use: (connection: PostgresConnection) => Effect.Effect<A, ArchiveUnusable | PostgresError>,
  ) =>
    Effect.catchTag(database.transaction(mode, use), "PostgresError", (error) =>
      Effect.fail(archiveUnusable(place, error)),
    )
  /** For what can be done twice. */
  const using = <A>(
    mode: TransactionMode,
    doing: string,
    use: (connection: PostgresConnection) => Effect.Effect<A, PostgresError>,
  ) => Effect.mapError(waitForDatabase(database.transaction(mode, use)), archiveFailed(place, doing))
  const writing = <A>(
    doing: string,
    use: (connection: PostgresConnection) => Effect.Effect<A, PostgresError>,
  ) => using("write", doing, use)

  const { timeZone, ...found } = yield* opening("read", (connection) =>
    inspectArchive(connection, database, { timeZone: wantedZone, host: wantedHost }),
  )
  let exists = found.exists

  const prepare = Effect.fn("PostgresArchive.prepare")(function* (
    connection: PostgresConnection,
    host: string,
  ) {
    yield* migrate(connection, database, { timeZone, host })
    // Another program may have made the archive since we looked.
    const ownZone = yield* keepSetting(connection, "time_zone", timeZone)
    if (ownZone !== timeZone) return yield* otherZone(database, ownZone, timeZone)
    const ownHost = yield* keepSetting(connection, "host", host)
    if (ownHost !== host) return yield* otherHost(database, ownHost, host)
    return undefined
  })

  /** What there is to read in an archive that may not exist yet. */
  const reading = <A>(
    doing: string,
    none: A,
    use: (connection: PostgresConnection) => Effect.Effect<A, PostgresError>,
  ) => Effect.suspend(() => (exists ? using("read", doing, use) : Effect.succeed(none)))

  return Archive.of({
    place: `${place} (schema ${schema})`,
    timeZone,
    prepare: (host) =>
      Effect.tap(
        opening("write", (connection) => prepare(connection, host)),
        () =>
          Effect.sync(() => {
            exists = true
          }),
      ),
    ledger: (range) => reading("reading the ledger", [], (connection) => selectLedger(connection, range)),
    runs: (limit) => reading("reading the runs", [], (connection) => selectRuns(connection, limit)),
    openEncodings: (query) =>
      reading("reading the open encodings", [], (connection) => selectOpenEncodings(connection, query)),
    rejectReasons: reading("counting the rejects", [], countRejectReasons),
    anomalies: (from) =>
      reading("counting the anomalies", [], (connection) => countAnomalies(connection, from)),
    sizes: reading("measuring its size", [], (connection) => selectSizes(connection, schema)),
    rowCounts: (range) => reading("counting the rows", [], (connection) => countRows(connection, range)),
    heldDates: reading("looking for its days", [], selectHeldDates),
    lookAtDay: (workDate, see) =>
      Effect.suspend(() =>
        exists
          ? // Not twice: `see` would see states twice.
            Effect.mapError(
              database.transaction("snapshot", (connection) => lookAtDay(connection, workDate, see)),
              archiveFailed(place, `looking at ${workDate}`),
            )
          : Effect.succeed({ rejects: [], damage: null }),
      ),
    facts: reading("reading what is known of the API", {}, selectFacts),
    keepFacts: (facts) =>
      writing("keeping what is known of the API", (connection) => keepFacts(connection, facts)),
    reopen: (workDates) =>
      Effect.asVoid(
        writing("reopening days", (connection) =>
          connection.execute(sqlStatement("reopenDays"), [workDates]),
        ),
      ),
    stageDay: (workDate, run, options) => stageDay(database, workDate, { ...run, ...options }),
    recordFailure: (workDate, run, error) =>
      Effect.asVoid(
        writing(`recording the failure of ${workDate}`, (connection) =>
          connection.execute(sqlStatement("recordFailure"), [workDate, run.runId, error]),
        ),
      ),
    startRun: (run) => Effect.asVoid(writing("starting the run", (connection) => startRun(connection, run))),
    finishRun: (runId, end) =>
      Effect.asVoid(writing("finishing the run", (connection) => finishRun(connection, runId, end))),
  })
})

/** The archive, and the database that holds it for whoever wants to read it by SQL. */
export const postgresArchiveLayer = (
  options: PostgresArchiveOptions,
): Layer.Layer<Archive | PostgresDatabase, ArchiveUnusable> =>
  Layer.effect(Archive, makePostgresArchive(options.timeZone, options.host)).pipe(
    Layer.provideMerge(PostgresDatabase.layer(options)),
  )
