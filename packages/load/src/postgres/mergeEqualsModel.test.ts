/** The rule book, core's `mergeIdentity` and `mergeRejects`, against the SQL: the same readings must leave the same archive. */
import type { StoredEncoding } from "@vodstation-etl/core/Encoding"
import { isTerminal } from "@vodstation-etl/core/Encoding"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Schema } from "effect"
import * as fc from "fast-check"
import { Archive } from "../Archive.ts"
import { checkDay } from "../checkArchive.ts"
import { ModelArchive } from "./ModelArchive.fixture.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { readings, type Step } from "./readings.arbitrary.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { MaxKept } from "./StagedRows.ts"
import { StoredRow } from "./StoredRows.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const runIdOf = (run: number) => `00000000-0000-4000-8000-${String(run).padStart(12, "0")}`
const StoredHistory = Schema.Struct({
  ...StoredRow.fields,
  supersededAt: Schema.Finite,
  supersededByRun: Schema.String,
})
const StoredReject = Schema.Struct({
  fingerprint: Schema.String,
  reason: Schema.String,
  payload: Schema.String,
  count: Schema.BigInt,
  firstSeenAt: Schema.Finite,
  runId: Schema.String,
})

const selectRows = sqlStatement("selectStoredTwins").replace(/JOIN twin_identity.*\n/, "")
const selectHistory = selectRows.replace(
  "FROM encoding",
  ', superseded_at AS "supersededAt", superseded_by_run AS "supersededByRun" FROM encoding_history',
)
const selectRejects = `
  SELECT fingerprint, reason, payload, count, first_seen_at AS "firstSeenAt", run_id AS "runId"
  FROM rejected_record WHERE work_date = $1 ORDER BY fingerprint`

/** Rows as a multiset: sorted, keys in one order. */
const sorted = (rows: ReadonlyArray<object>): ReadonlyArray<string> =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]),
      ),
    )
    .toSorted()

/** What has happened in all the histories of a test, so that none passes by testing nothing. */
const noEvents = {
  inserted: 0,
  changed: 0,
  missing: 0,
  withdrawn: 0,
  outdated: 0,
  twins: 0,
  rejects: 0,
  asItWas: 0,
  shrunk: 0,
  agreed: 0,
}

const compare = Effect.gen(function* () {
  const test = yield* TestPostgres
  const context = yield* openArchive(yield* test.freshSchema)
  const archive = Context.get(context, Archive)
  const database = Context.get(context, PostgresDatabase)
  yield* archive.prepare("host")
  const model = new ModelArchive()
  const events = { ...noEvents }
  let workDate = "2021-09-12"
  let runs = 0

  const step = Effect.fnUntraced(function* (
    readAt: number,
    { rows, rejects, strong, proof, settled, spilled, sameRun }: Step,
  ) {
    const run = { runId: runIdOf(sameRun ? runs : ++runs) }
    const before = model.day(workDate).ledger
    const digest = new SnapshotDigest()
    for (const row of rows) digest.addRow(row)
    for (const reject of rejects) digest.addReject(reject)
    const reading = {
      ...{ workDate, readAt, proof, strong, settled, seamsHold: settled },
      ...{ apiTotal: rows.length + rejects.length, rowCount: rows.length, rejectedRows: rejects.length },
      ...{
        openRows: rows.filter((row) => !isTerminal(row)).length,
        requests: 2,
        pages: 1,
        digest: String(digest),
      },
    }
    const expected = model.commit(reading, rows, rejects, run.runId)
    const half = Math.floor(rows.length / 2)
    const committed = yield* Effect.scoped(
      Effect.gen(function* () {
        const staged = yield* archive.stageDay(workDate, run)
        yield* staged.add(rows.slice(half), rejects.slice(0, 1))
        yield* staged.add(rows.slice(0, half), rejects.slice(1))
        return yield* staged.commit(reading)
      }),
    ).pipe(Effect.provideService(MaxKept, spilled ? 0 : Number.MAX_SAFE_INTEGER))
    expect(committed).toEqual(expected)

    const day = model.day(workDate)
    expect(yield* archive.ledger({ from: workDate, before: addDays(workDate, 1) })).toEqual([day.ledger])
    expect(sorted(yield* database.select(StoredRow, selectRows, [workDate]))).toEqual(sorted(day.rows))
    expect(sorted(yield* database.select(StoredHistory, selectHistory, [workDate]))).toEqual(
      sorted(day.history),
    )
    expect(yield* database.select(StoredReject, selectRejects, [workDate])).toEqual(
      day.rejects.map((reject) => ({ ...reject, count: BigInt(reject.count) })),
    )

    if (committed._tag === "Outdated") events.outdated++
    else {
      events.inserted += committed.counts.inserted
      events.changed += committed.counts.changed
      events.missing += committed.counts.missing
      events.withdrawn += committed.counts.withdrawn
      events.shrunk += Number(committed.shrunk !== null)
      events.agreed += Number(
        before?.error?.startsWith("DayShrunk: ") === true &&
          before.digest === reading.digest &&
          committed.counts.missing + committed.counts.withdrawn > 0,
      )
      events.asItWas += Number(rows.length > 0 && committed.counts.unchanged === rows.length)
    }
    events.twins += day.rows.filter((row: StoredEncoding) => row.occurrence > 1).length
    events.rejects += day.rejects.length
  })

  /** One day's life, on a day of its own. */
  const live = Effect.fnUntraced(function* (steps: ReadonlyArray<Step>) {
    workDate = addDays(workDate, 1)
    let readAt = 1_700_000_000_000
    for (const one of steps) yield* step((readAt += one.after * 1000), one)
    const { findings } = yield* checkDay(archive, workDate)
    // No run reads a day twice; where one does, its second reading may leave cells that it did not ask for.
    expect(
      findings.filter(({ rule }) => rule !== "contents" || !steps.some(({ sameRun }) => sameRun)),
    ).toEqual([])
    return true
  })
  const services = yield* Effect.context()
  return { live: (steps: ReadonlyArray<Step>) => Effect.runPromiseWith(services)(live(steps)), events }
})

layer(TestPostgres.layer, { excludeTestServices: true })("merging in SQL equals the rules", (it) => {
  it.effect.each([1, 2, 3])("for the histories of seed %d", (seed) =>
    Effect.gen(function* () {
      const { live, events } = yield* compare
      yield* Effect.promise(() =>
        fc.assert(fc.asyncProperty(readings, live), {
          seed,
          numRuns: 15,
          interruptAfterTimeLimit: 40_000,
          markInterruptAsFailure: true,
        }),
      )
      for (const [event, times] of Object.entries(events)) expect([event, times > 0]).toEqual([event, true])
    }),
  )

  it.effect("for as many random histories as fit in some seconds", () =>
    Effect.gen(function* () {
      const { live } = yield* compare
      yield* Effect.promise(() =>
        fc.assert(fc.asyncProperty(readings, live), { numRuns: 10_000, interruptAfterTimeLimit: 8_000 }),
      )
    }),
  )
})
