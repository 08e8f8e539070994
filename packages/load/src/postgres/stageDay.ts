/**
 * A day on its way into the archive. It has a connection of its own only once its rows no longer fit here; until its commit
 * it holds no lock and no transaction, however long the reading takes.
 */
import * as Effect from "effect/Effect"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { StagedDay } from "../Archive.ts"
import { ArchiveFailed } from "../ArchiveError.ts"
import { archiveFailed } from "./archiveFailure.ts"
import { commitDay } from "./commitDay.ts"
import type { StagingRun } from "./mergeRows.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresDatabase } from "./PostgresDatabase.ts"
import { MaxKept, StagedRows } from "./StagedRows.ts"

/** @param spillPermits how many days at once may hold a connection while they are read */
export const stageDay = Effect.fn("stageDay")(function* (
  database: PostgresDatabase["Service"],
  spillPermits: Semaphore.Semaphore,
  workDate: string,
  run: StagingRun,
): Effect.fn.Return<StagedDay, never, Scope.Scope> {
  const scope = yield* Effect.scope
  const oneAtATime = yield* Semaphore.make(1)
  const staged = new StagedRows(yield* MaxKept)
  let own: PostgresConnection | undefined
  let committed = false

  const spill = Effect.fnUntraced(function* () {
    if (own === undefined) {
      yield* Effect.acquireRelease(spillPermits.take(1), () => spillPermits.release(1), {
        interruptible: true,
      })
      const connection = yield* database.connection
      yield* Effect.addFinalizer(() => Effect.sync(() => staged.hasTables && connection.discard()))
      own = connection
    }
    yield* staged.flush(own)
  })

  const add = Effect.fn("StagedDay.add")(
    (...[rows, rejects]: Parameters<StagedDay["add"]>) =>
      Effect.suspend(() => {
        if (committed) return Effect.die(new Error(`${workDate} is committed already`))
        staged.add(rows, rejects)
        return staged.isFull ? Scope.provide(spill(), scope) : Effect.void
      }),
    Semaphore.withPermit(oneAtATime),
    Effect.mapError(archiveFailed(database.place, `staging ${workDate}`)),
  )

  const commit = Effect.fn("StagedDay.commit")(
    function* (...[reading]: Parameters<StagedDay["commit"]>) {
      if (committed) return yield* Effect.die(new Error(`${workDate} is committed already`))
      committed = true
      if (staged.rowCount !== reading.rowCount || staged.rejectCount !== reading.rejectedRows) {
        // To go on would call rows gone that were only not staged.
        return yield* new ArchiveFailed({
          archive: database.place,
          doing: `merging ${workDate}`,
          reason: `${staged.rowCount} rows and ${staged.rejectCount} rejects were staged, but ${reading.rowCount} and ${reading.rejectedRows} were read`,
        })
      }
      if (own === undefined)
        return yield* database.withConnection((connection) => commitDay(connection, staged, reading, run))
      yield* staged.flush(own)
      return yield* commitDay(own, staged, reading, run)
    },
    Semaphore.withPermit(oneAtATime),
    Effect.catchTag("PostgresError", (error) =>
      Effect.fail(archiveFailed(database.place, `merging ${workDate}`)(error)),
    ),
  )
  return { add, commit }
})
