/**
 * The rows of a day on their way into the archive. They are kept here, up to about 16 MB of text, since only the commit
 * knows whether they are needed at all (not if the day is as it was) and where they go (straight into the table, if the
 * day holds no rows). What goes beyond that waits in temporary tables, so that memory does not grow with the day.
 */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { copyChunks, rejectLine, stagedLine } from "./copyLines.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
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
  private readonly tables: Array<"staged_encoding" | "staged_reject"> = []

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

  /** Whether there are temporary tables in the connection's session. */
  get hasTables(): boolean {
    return this.tables.length > 0
  }

  get isFull(): boolean {
    return this.kept >= this.maxKept
  }

  /** All rows, if none has been written to a table yet. */
  get keptRows(): ReadonlyArray<Encoding> | undefined {
    return this.tables.includes("staged_encoding") ? undefined : this.rows
  }

  /** Writes what is kept here to `staged_encoding` and `staged_reject`, the same connection each time. */
  flush(connection: PostgresConnection): Effect.Effect<void, PostgresError> {
    return Effect.andThen(this.flushRows(connection), this.flushRejects(connection))
  }

  readonly flushRows = Effect.fn("StagedRows.flushRows")(
    { self: this },
    function* (this: StagedRows, connection: PostgresConnection): Effect.fn.Return<void, PostgresError> {
      if (!this.tables.includes("staged_encoding")) {
        yield* connection.execute(sqlStatement("createStaging"))
        this.tables.push("staged_encoding")
      }
      if (this.rows.length === 0) return
      yield* connection.copyIn(sqlStatement("copyStaged"), copyChunks(this.rows.values().map(stagedLine())))
      this.rows = []
      this.kept = 0
    },
  )

  readonly flushRejects = Effect.fn("StagedRows.flushRejects")(
    { self: this },
    function* (this: StagedRows, connection: PostgresConnection): Effect.fn.Return<void, PostgresError> {
      if (this.rejects.length === 0) return
      if (!this.tables.includes("staged_reject")) {
        yield* connection.execute(sqlStatement("createStagedRejects"))
        this.tables.push("staged_reject")
      }
      yield* connection.copyIn(
        sqlStatement("copyStagedRejects"),
        copyChunks(this.rejects.values().map(rejectLine)),
      )
      this.rejects = []
    },
  )

  /** Drops the tables, so that the connection can be used by another day. */
  readonly drop = Effect.fn("StagedRows.drop")(
    { self: this },
    function* (this: StagedRows, connection: PostgresConnection): Effect.fn.Return<void, PostgresError> {
      if (this.tables.length === 0) return
      yield* connection.execute(`DROP TABLE ${this.tables.map((table) => `pg_temp.${table}`).join(", ")}`)
      this.tables.length = 0
    },
  )
}
