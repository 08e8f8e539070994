/** A day on its way into the archive. Until its commit the database knows nothing of it, however long the reading takes. */
import * as Effect from "effect/Effect"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { StagedDay } from "../Archive.ts"
import { type ArchiveError, ArchiveFailed } from "../ArchiveError.ts"
import { archiveFailed } from "./archiveFailure.ts"
import { commitDay } from "./commitDay.ts"
import type { StagingRun } from "./mergeRows.ts"
import type { PostgresDatabase } from "./PostgresDatabase.ts"
import type { PostgresError } from "./PostgresError.ts"
import { SpillFailed } from "./SpillFile.ts"
import { MaxKept, StagedRows } from "./StagedRows.ts"

export const stageDay = Effect.fn("stageDay")(function* (
  database: PostgresDatabase["Service"],
  workDate: string,
  run: StagingRun,
): Effect.fn.Return<StagedDay, never, Scope.Scope> {
  const scope = yield* Effect.scope
  const oneAtATime = yield* Semaphore.make(1)
  const staged = new StagedRows(yield* MaxKept)
  let committed = false

  const failed =
    (doing: string) =>
    (error: ArchiveFailed | PostgresError | SpillFailed): ArchiveError => {
      if (error instanceof ArchiveFailed) return error
      return error instanceof SpillFailed
        ? new ArchiveFailed({ archive: database.place, doing, reason: error.reason })
        : archiveFailed(database.place, doing)(error)
    }

  const add = Effect.fn("StagedDay.add")(
    (...[rows, rejects]: Parameters<StagedDay["add"]>) =>
      Effect.suspend(() => {
        if (committed) return Effect.die(new Error(`${workDate} is committed already`))
        staged.add(rows, rejects)
        return staged.isFull ? Scope.provide(staged.spill(), scope) : Effect.void
      }),
    Semaphore.withPermit(oneAtATime),
    Effect.mapError(failed(`staging ${workDate}`)),
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
      yield* Scope.provide(staged.finish, scope)
      return yield* database.transaction("write", (connection) => commitDay(connection, staged, reading, run))
    },
    Semaphore.withPermit(oneAtATime),
    Effect.mapError(failed(`merging ${workDate}`)),
  )
  return { add, commit }
})
