/** Whatever `normalise` lets through, Postgres loads, and gives back as it was: from the API's text to the archive's columns. */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { answerOf, apiRow } from "@vodstation-etl/core/apiRow.arbitrary"
import { isReject, normalise } from "@vodstation-etl/core/normalise"
import { parseAnswer } from "@vodstation-etl/core/parseAnswer"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Result, Schema } from "effect"
import * as fc from "fast-check"
import { Archive } from "../Archive.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { firstReadAt, readingOf, run } from "./reading.fixture.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { StoredRow } from "./StoredRows.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const cell = { from: 1_631_372_400_000, before: 1_631_458_800_000 }

const selectRows = sqlStatement("selectStoredTwins").replace(/JOIN twin_identity.*\n/, "")
const selectRejects = "SELECT payload::text AS payload, count FROM rejected_record WHERE work_date = $1"
const StoredPayload = Schema.Struct({ payload: Schema.String, count: Schema.BigInt })

/** What a reader makes of the rows of one answer; undefined for what is no answer at all. */
const readAnswer = (texts: ReadonlyArray<string>) => {
  const answer = parseAnswer(answerOf(texts))
  if (Result.isFailure(answer)) return undefined
  const { parseRows, rowText } = answer.success
  const read = parseRows().map((row, index) => normalise(row, () => rowText(index), cell))
  return {
    encodings: read.filter((row): row is Encoding => !isReject(row)),
    rejects: read.filter((row): row is Reject => isReject(row)),
  }
}

/** The columns that came from the API, as text that can be sorted and compared. */
const told = ({ categoryId, outputTotalSize, ...row }: Encoding): string =>
  JSON.stringify([
    ...[
      String(categoryId),
      row.filePath,
      row.outputType,
      row.categoryName,
      row.status,
      row.link,
      row.percent,
    ],
    ...[outputTotalSize === null ? null : String(outputTotalSize), row.lastWorkTime, row.anomalies, row.raw],
    ...[row.requestedFrom, row.requestedBefore],
  ])

layer(TestPostgres.layer, { excludeTestServices: true })("rows of any JSON", (it) => {
  it.effect("are loaded and come back as they were normalised", () =>
    Effect.gen(function* () {
      const seen = { encodings: 0, rejects: 0, anomalies: 0, raw: 0 }
      const context = yield* openArchive(yield* (yield* TestPostgres).freshSchema)
      const archive = Context.get(context, Archive)
      const database = Context.get(context, PostgresDatabase)
      yield* archive.prepare("host")
      let workDate = "2021-09-12"
      const load = (encodings: ReadonlyArray<Encoding>, rejects: ReadonlyArray<Reject>, readAt: number) =>
        Effect.scoped(
          Effect.gen(function* () {
            const staged = yield* archive.stageDay(workDate, run)
            yield* staged.add([...encodings], rejects)
            yield* staged.commit(readingOf(encodings, readAt, { workDate, rejectedRows: rejects.length }))
          }),
        )

      const comesBack = Effect.fnUntraced(function* (texts: ReadonlyArray<string>) {
        const read = readAnswer(texts)
        if (read === undefined) return
        const { encodings, rejects } = read
        // Half of it straight into an empty day, then all of it by what differs.
        workDate = addDays(workDate, 1)
        yield* load(encodings.slice(encodings.length / 2), rejects.slice(rejects.length / 2), firstReadAt)
        yield* load(encodings, rejects, firstReadAt + 1000)
        const stored = yield* database.select(StoredRow, selectRows, [workDate])
        const present = stored.filter((row) => row.missingSince === null)
        expect(present.map(told).toSorted()).toEqual(encodings.map(told).toSorted())
        const payloads = yield* database.select(StoredPayload, selectRejects, [workDate])
        expect(
          payloads.flatMap(({ payload, count }) => Array<string>(Number(count)).fill(payload)).toSorted(),
        ).toEqual(rejects.map(({ payload }) => payload).toSorted())
        seen.encodings += encodings.length
        seen.rejects += rejects.length
        seen.anomalies += encodings.filter((row) => row.anomalies.length > 0).length
        seen.raw += encodings.filter((row) => row.raw !== null).length
      })
      const services = yield* Effect.context()
      yield* Effect.promise(() =>
        fc.assert(
          fc.asyncProperty(fc.array(apiRow, { minLength: 1, maxLength: 60 }), (texts) =>
            Effect.runPromiseWith(services)(comesBack(texts)),
          ),
          { numRuns: 120 },
        ),
      )
      for (const [kind, count] of Object.entries(seen)) expect([kind, count > 50]).toEqual([kind, true])
    }),
  )
})
