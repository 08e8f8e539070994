/** How the server goes about merging a day that its statistics know nothing of, as every day that was loaded since the last ANALYZE. */
import { expect, layer } from "@effect/vitest"
import { Context, Effect } from "effect"
import * as Schema from "effect/Schema"
import { Archive } from "../Archive.ts"
import { copyTime } from "./copyText.ts"
import { findDifference } from "./DayDifference.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { encodingOf, encodingsOf, firstReadAt, load, readingOf, run, workDate } from "./reading.fixture.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { StagedRows } from "./StagedRows.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const PlanLine = Schema.Struct({ "QUERY PLAN": Schema.String })
const values = [workDate, copyTime(firstReadAt + 1), run.runId]
const statements = [
  ["supersede", values],
  ["updateChanged", values],
  ["touchSeen", values.slice(0, 1)],
  ["markMissing", values.slice(0, 2)],
  ["insertNew", values],
] as const

layer(TestPostgres.layer, { excludeTestServices: true })("a merge", (it) => {
  it.effect("goes through no rows again and again, whatever the statistics say", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      const context = yield* openArchive(schema)
      const archive = Context.get(context, Archive)
      yield* archive.prepare("host")
      yield* query(
        `INSERT INTO ${schema}.encoding SELECT date '2020-01-01' + n / 500, 1, n::text, 'a', 1, NULL, 'COMPLETE', NULL, 100, 1,
           NULL, now(), now(), NULL, '{}', NULL, now(), now(), $1 FROM generate_series(1, 20000) AS n`,
        [run.runId],
      )
      yield* query(`ANALYZE ${schema}.encoding`)
      yield* load(archive, encodingsOf(3_000), firstReadAt)
      const again = encodingsOf(3_000).map((row, index) =>
        index % 10 === 0 ? encodingOf(index, { outputTotalSize: 1n }) : row,
      )
      const staged = new StagedRows(Infinity)
      staged.add(again, [])
      const plans = yield* Context.get(context, PostgresDatabase).transaction("write", (connection) =>
        Effect.gen(function* () {
          yield* staged.stageRows(connection)
          const { counts } = yield* findDifference(connection, workDate, {
            ...readingOf(again, firstReadAt + 1),
            runId: run.runId,
          })
          expect(counts.changed).toBe(300)
          return yield* Effect.forEach(statements, ([name, values]) =>
            Effect.map(
              connection.rows(PlanLine, `EXPLAIN ${sqlStatement(name)}`, values),
              (lines) => [name, lines.map((line) => line["QUERY PLAN"]).join("\n")] as const,
            ),
          )
        }),
      )
      for (const [name, plan] of plans)
        expect([name, plan]).toEqual([name, expect.not.stringContaining("Nested Loop")])
    }),
  )
})
