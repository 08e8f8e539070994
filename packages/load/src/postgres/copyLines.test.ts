import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { encoding, instant } from "@vodstation-etl/core/encoding.arbitrary"
import { insertedRow } from "@vodstation-etl/core/mergeIdentity"
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Schema } from "effect"
import * as fc from "fast-check"
import { Archive } from "../Archive.ts"
import { copyChunks, mergedTwinLine, newDayLine, rejectLine, stagedLine } from "./copyLines.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { StagedRow, StoredRow } from "./StoredRows.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const runId = "00000000-0000-4000-8000-000000000001"
const workDate = "2021-09-12"

/** Everything that `sql/copy*.sql` may take for something else, in every text column at once. */
const awkward: ReadonlyArray<Encoding> = [
  "\\N",
  "\\.",
  "\\",
  "\\\\N",
  "\t\n\r\b\f\v",
  "",
  "NULL",
  "{}",
  '{"a",NULL}',
  "😀\u{10FFFF}\uffff",
].map((text, index) => ({
  categoryId: -(2n ** 63n) + BigInt(index),
  filePath: text,
  outputType: text,
  categoryName: text,
  status: text,
  link: text,
  percent: index / 3,
  outputTotalSize: 2n ** 63n - 1n,
  lastWorkTime: Date.parse("0001-01-01T00:00:00.001Z"),
  requestedFrom: Date.parse("1969-12-31T23:59:59.999Z"),
  requestedBefore: Date.parse("9999-12-31T23:59:59.999Z"),
  anomalies: [text, "", `${text}"${text}`],
  raw: '{"a":"\\u0000\\ud83d","a": 1.0, "b":[1e400]}',
}))

/** Runs `use` in a transaction on a new archive. */
const withArchive = <A>(use: (connection: PostgresConnection) => Effect.Effect<A, unknown>) =>
  Effect.gen(function* () {
    const test = yield* TestPostgres
    const context = yield* openArchive(yield* test.freshSchema)
    yield* Context.get(context, Archive).prepare("host")
    return yield* Context.get(context, PostgresDatabase).transaction("write", use)
  })

const roundTrips = <A, B>(
  connection: PostgresConnection,
  table: string,
  trip: {
    readonly copy: string
    readonly lines: (rows: ReadonlyArray<A>) => Iterable<string>
    readonly select: string
    readonly row: Schema.Codec<B, any>
    readonly expected: (row: A) => B
  },
) => {
  let trips = 0
  const goThrough = (rows: ReadonlyArray<A>) =>
    Effect.gen(function* () {
      yield* connection.execute(`TRUNCATE ${table}`)
      expect(yield* connection.copyIn(sqlStatement(trip.copy), copyChunks(trip.lines(rows)))).toBe(
        rows.length,
      )
      expect(yield* connection.rows(trip.row, trip.select)).toEqual(rows.map(trip.expected))
      trips++
    })
  return { check: (rows: ReadonlyArray<A>) => Effect.runPromise(goThrough(rows)), trips: () => trips }
}

const selectStaged = sqlStatement("selectStagedTwins").replace(/JOIN twin_identity.*/s, "ORDER BY ctid")
const selectStored = sqlStatement("selectStoredTwins").replace(/JOIN twin_identity.*/s, "ORDER BY ctid")

const bounded = { interruptAfterTimeLimit: 3_000, numRuns: 300 } as const
const rowsOf = fc.array(encoding, { minLength: 1, maxLength: 8 })

layer(TestPostgres.layer, { excludeTestServices: true })("lines of COPY", (it) => {
  it.effect("bring any row into the staging table as it was", () =>
    withArchive((connection) =>
      Effect.gen(function* () {
        yield* connection.execute(sqlStatement("createStaging"))
        const { check, trips } = roundTrips(connection, "staged_encoding", {
          copy: "copyStaged",
          lines: (rows: ReadonlyArray<Encoding>) => rows.map(stagedLine()),
          select: selectStaged,
          row: StagedRow,
          expected: (row) => row,
        })
        yield* Effect.promise(() => check(awkward))
        yield* Effect.promise(() => fc.assert(fc.asyncProperty(rowsOf, check), bounded))
        expect(trips()).toBeGreaterThan(20)
      }),
    ),
  )

  it.effect("bring any row of a new day straight into the table of encodings", () =>
    withArchive((connection) =>
      Effect.gen(function* () {
        const reading = { readAt: 1_700_000_000_123, runId, strong: true }
        const { check } = roundTrips(connection, "encoding", {
          copy: "copyNewDay",
          lines: (rows: ReadonlyArray<Encoding>) => {
            const line = newDayLine(workDate, reading)
            return rows.map((row, index) => line(row, index + 1))
          },
          select: selectStored.replace("stored.occurrence", "1 AS occurrence"),
          row: StoredRow,
          expected: (row) => insertedRow(row, 1, reading),
        })
        yield* Effect.promise(() => check(awkward))
        yield* Effect.promise(() => fc.assert(fc.asyncProperty(rowsOf, check), { ...bounded, numRuns: 50 }))
      }),
    ),
  )

  it.effect("bring any merged twin into its table", () =>
    withArchive((connection) =>
      Effect.gen(function* () {
        yield* connection.execute(sqlStatement("createMergedTwins"))
        const { check } = roundTrips(connection, "merged_twin", {
          copy: "copyMergedTwins",
          lines: (rows: ReadonlyArray<typeof StoredRow.Type>) => {
            const line = mergedTwinLine(workDate)
            return rows.map((row) => line({ row, fate: "changed" }))
          },
          select: selectStored.replace("FROM encoding AS", "FROM merged_twin AS"),
          row: StoredRow,
          expected: (row) => row,
        })
        const stored = fc
          .record({
            row: encoding,
            occurrence: fc.integer({ min: 1, max: 1000 }),
            missingSince: fc.option(instant),
            firstSeenAt: instant,
            changedAt: instant,
          })
          .map(({ row, ...rest }) => ({ ...row, ...rest, runId }))
        yield* Effect.promise(() =>
          fc.assert(fc.asyncProperty(fc.array(stored, { minLength: 1, maxLength: 8 }), check), {
            ...bounded,
            numRuns: 50,
          }),
        )
      }),
    ),
  )

  it.effect("bring rejects in verbatim", () =>
    withArchive((connection) =>
      Effect.gen(function* () {
        yield* connection.execute(sqlStatement("createStagedRejects"))
        const rejects: ReadonlyArray<Reject> = [
          { fingerprint: "a", reason: "tab\tand \\N", payload: '"\\u0000\\ud800 \\\\ \\n"' },
          { fingerprint: "b", reason: "", payload: '{"a" :\t[1,\n2], "a":1e999}' },
        ]
        yield* connection.copyIn(sqlStatement("copyStagedRejects"), copyChunks(rejects.map(rejectLine)))
        const Row = Schema.Struct({
          fingerprint: Schema.String,
          reason: Schema.String,
          payload: Schema.String,
        })
        expect(yield* connection.rows(Row, "SELECT * FROM staged_reject ORDER BY ctid")).toEqual(rejects)
      }),
    ),
  )

  it.effect("come in pieces of about 64 kB, never a day in one", () =>
    Effect.sync(() => {
      const lines = Array.from({ length: 5_000 }, (_, index) => `${index}`.padEnd(99, "ㄱ") + "\n")
      const chunks = [...copyChunks(lines)]
      expect(Buffer.concat(chunks).toString()).toBe(lines.join(""))
      expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(256 * 1024)
      expect(chunks.length).toBeGreaterThan(5)
    }),
  )
})
