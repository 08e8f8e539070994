/**
 * The rows of a day on their way into the archive. They are kept here, up to about 16 MB of text, since only the commit
 * knows whether they are needed at all (not if the day is as it was) and where they go (straight into the table, if the
 * day holds no rows). What goes beyond that waits in files, so that memory does not grow with the day; the database hears of
 * it in the commit's transaction and not before.
 */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { copyChunks, rejectLine, stagedLine } from "./copyLines.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { SpillFile, type SpillFailed } from "./SpillFile.ts"
import { SpilledRows } from "./SpilledRows.ts"
import { sqlStatement } from "./sqlStatement.ts"

/** How much text, roughly in bytes, a day may keep here. */
export const MaxKept = Context.Reference<number>("@vodstation-etl/load/postgres/MaxKept", {
  defaultValue: () => 16 * 1024 * 1024,
})

/** What a row takes besides its texts. */
const rowOverhead = 250

export class StagedRows {
  rowCount = 0
  rejectCount = 0
  private rows: Array<Encoding> = []
  private rejects: Array<Reject> = []
  private kept = 0
  private readonly maxKept: number
  private spilledRows: SpilledRows | undefined
  private spilledRejects: SpillFile | undefined

  constructor(maxKept: number) {
    this.maxKept = maxKept
  }

  add(rows: ReadonlyArray<Encoding>, rejects: ReadonlyArray<Reject>): void {
    for (const row of rows) {
      this.rows.push(row)
      this.kept +=
        rowOverhead + row.filePath.length + (row.link === null ? 0 : row.link.length) + (row.raw?.length ?? 0)
    }
    for (const reject of rejects) {
      this.rejects.push(reject)
      this.kept += rowOverhead + reject.payload.length
    }
    this.rowCount += rows.length
    this.rejectCount += rejects.length
  }

  get isFull(): boolean {
    return this.kept >= this.maxKept
  }

  /** All rows: those that are kept here, or the files that they were written to. */
  get allRows(): ReadonlyArray<Encoding> | SpilledRows {
    return this.spilledRows ?? this.rows
  }

  /** Writes what is kept here to files that live as long as the scope. */
  readonly spill = Effect.fn("StagedRows.spill")(
    { self: this },
    function* (this: StagedRows): Effect.fn.Return<void, SpillFailed, Scope.Scope> {
      this.spilledRows ??= yield* SpilledRows.open
      yield* this.spilledRows.append(this.rows)
      this.rows = []
      if (this.rejects.length > 0) {
        this.spilledRejects ??= yield* SpillFile.open
        yield* this.spilledRejects.append(copyChunks(this.rejects.values().map(rejectLine)))
        this.rejects = []
      }
      this.kept = 0
    },
  )

  /** What is still kept of a day that has been spilled follows the rest, so that all of it is in one place. */
  get finish(): Effect.Effect<void, SpillFailed, Scope.Scope> {
    return this.spilledRows === undefined ? Effect.void : this.spill()
  }

  /** Copies all rows to the table `staged_encoding`, which it makes. */
  readonly stageRows = Effect.fn("StagedRows.stageRows")(
    { self: this },
    function* (
      this: StagedRows,
      connection: PostgresConnection,
    ): Effect.fn.Return<void, PostgresError | SpillFailed> {
      const lines = this.spilledRows?.stagedLines() ?? copyChunks(this.rows.values().map(stagedLine()))
      yield* connection.execute(sqlStatement("createStaging"))
      yield* connection.copyIn(sqlStatement("copyStaged"), lines)
    },
  )

  /** Copies all rejects to the table `staged_reject`, which it makes. */
  readonly stageRejects = Effect.fn("StagedRows.stageRejects")(
    { self: this },
    function* (
      this: StagedRows,
      connection: PostgresConnection,
    ): Effect.fn.Return<void, PostgresError | SpillFailed> {
      const lines = this.spilledRejects?.chunks() ?? copyChunks(this.rejects.values().map(rejectLine))
      yield* connection.execute(sqlStatement("createStagedRejects"))
      yield* connection.copyIn(sqlStatement("copyStagedRejects"), lines)
    },
  )
}
