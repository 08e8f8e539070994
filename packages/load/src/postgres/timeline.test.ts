/**
 * `encoding_timeline` against the model: over random histories it must tell, of every moment, what the archive said then,
 * and its states must join without an overlap.
 */
import { expect, layer } from "@effect/vitest"
import type { StoredEncoding } from "@vodstation-etl/core/Encoding"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Context, Effect, Schema } from "effect"
import * as fc from "fast-check"
import { Archive } from "../Archive.ts"
import { loadDay } from "../BothArchives.fixture.ts"
import { readingOf, runIdOf } from "../csv/CsvFolder.fixture.ts"
import { ModelArchive } from "./ModelArchive.fixture.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { readings, type Step } from "./readings.arbitrary.ts"
import { StoredRow } from "./StoredRows.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const { missingSince: _, requestedFrom: _from, requestedBefore: _before, ...stateFields } = StoredRow.fields
const State = Schema.Struct(stateFields)

/** What the archive said at a moment, as one query. */
const saidAt = `
  SELECT category_id AS "categoryId", file_path AS "filePath", output_type AS "outputType", occurrence,
    category_name AS "categoryName", status, link, percent, output_total_size AS "outputTotalSize",
    last_work_time AS "lastWorkTime", anomalies, raw, first_seen_at AS "firstSeenAt", valid_from AS "changedAt",
    run_id AS "runId"
  FROM encoding_timeline
  WHERE work_date = $1
    AND valid_from <= to_timestamp($2::float8 / 1000)
    AND (valid_to > to_timestamp($2::float8 / 1000) OR valid_to IS NULL)`

/** States of one key that overlap, or that follow upon one that nothing tells of. */
const broken = `
  SELECT count(*) FILTER (WHERE wrong)::float8 AS broken, count(*) FILTER (WHERE gap)::float8 AS gaps
  FROM (
    SELECT
      valid_from < before OR valid_to < valid_from OR valid_from < first_seen_at
        OR (valid_from > first_seen_at AND before IS DISTINCT FROM valid_from) AS wrong,
      valid_from > before AS gap
    FROM (
      SELECT *, lag(valid_to) OVER (
        PARTITION BY category_id, file_path, output_type, occurrence ORDER BY valid_from, valid_to, first_seen_at
      ) AS before
      FROM encoding_timeline WHERE work_date = $1
    ) AS states
  ) AS looked`

const Broken = Schema.Struct({ broken: Schema.Finite, gaps: Schema.Finite })

/** The state alone: what is set in place is no part of it. */
const told = (
  rows: ReadonlyArray<Omit<StoredEncoding, "missingSince" | "requestedFrom" | "requestedBefore">>,
) =>
  rows
    .map((row) =>
      JSON.stringify(Object.keys(stateFields).map((name) => String(row[name as keyof typeof row] ?? "NULL"))),
    )
    .toSorted()

const makeWorld = Effect.gen(function* () {
  const context = yield* openArchive(yield* (yield* TestPostgres).freshSchema)
  const archive = Context.get(context, Archive)
  const database = Context.get(context, PostgresDatabase)
  yield* archive.prepare("host")
  const model = new ModelArchive()
  const events = { moments: 0, rows: 0, pastStates: 0, returned: 0 }
  let workDate = "2021-09-12"
  let runs = 0

  const live = Effect.fnUntraced(function* (steps: ReadonlyArray<Step>) {
    workDate = addDays(workDate, 1)
    let readAt = 1_700_000_000_000
    const said = new Map<number, ReadonlyArray<StoredEncoding>>()
    for (const { rows, rejects, after, sameRun, ...step } of steps) {
      readAt += after * 1000
      const { strong, proof, settled } = step
      const reading = readingOf(rows, rejects, { workDate, readAt, strong, proof, settled })
      const runId = runIdOf(sameRun ? runs : ++runs)
      const committed = yield* loadDay(archive, { ...reading, rows, rejects, runId })
      expect(committed).toEqual(model.commit(reading, rows, rejects, runId))
      if (committed._tag === "Merged") said.set(readAt, model.day(workDate).rows)
    }
    const moments = [...said.keys()]
    expect(yield* database.select(State, saidAt, [workDate, moments[0]! - 1])).toEqual([])
    for (const [at, moment] of moments.entries()) {
      const rows = said.get(moment)!
      // Up to the next reading it said the same.
      for (const asked of [moment, (moments[at + 1] ?? moment + 86_400_000) - 1]) {
        expect(told(yield* database.select(State, saidAt, [workDate, asked]))).toEqual(told(rows))
        // Of CSV files, which hold the same rows and history: docs/archive.md, "CSV archive".
        const { rows: now, history } = model.day(workDate)
        expect(
          told([
            ...now.filter(({ changedAt }) => changedAt <= asked),
            ...history.filter(({ changedAt, supersededAt }) => changedAt <= asked && supersededAt > asked),
          ]),
        ).toEqual(told(rows))
      }
      events.moments++
      events.rows += rows.length
    }
    const [found] = yield* database.select(Broken, broken, [workDate])
    expect(found!.broken).toBe(0)
    events.returned += found!.gaps
    events.pastStates += model.day(workDate).history.length
    return true
  })
  const services = yield* Effect.context()
  return { events, live: (steps: ReadonlyArray<Step>) => Effect.runPromiseWith(services)(live(steps)) }
})

layer(TestPostgres.layer, { excludeTestServices: true })("the timeline", (it) => {
  it.effect("tells of every moment what the archive said then, and has no overlaps", () =>
    Effect.gen(function* () {
      const { live, events } = yield* makeWorld
      yield* Effect.promise(() =>
        fc.assert(fc.asyncProperty(readings, live), {
          seed: 3,
          numRuns: 20,
          interruptAfterTimeLimit: 40_000,
          markInterruptAsFailure: true,
        }),
      )
      for (const [event, times] of Object.entries(events)) expect([event, times > 0]).toEqual([event, true])
    }),
  )
})
