/** What each view holds, on a few days that can be counted by hand. `encoding_timeline` has a test of its own. */
import { expect, layer } from "@effect/vitest"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Context, Effect } from "effect"
import { Archive } from "../Archive.ts"
import { loadDay, rejectsOf } from "../BothArchives.fixture.ts"
import { encodingOf, firstReadAt, otherRun, run } from "./reading.fixture.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const open = Effect.fnUntraced(function* (timeZone?: string) {
  const { freshSchema, query } = yield* TestPostgres
  const schema = yield* freshSchema
  const archive = Context.get(yield* openArchive(schema, timeZone === undefined ? {} : { timeZone }), Archive)
  yield* archive.prepare("host")
  return {
    archive,
    /** All rows of a view, in the order of its first three columns. */
    view: (name: string, columns = "*") =>
      query(
        `SELECT ${columns} FROM (SELECT * FROM ${schema}.${name} ORDER BY 1, 2, 3 LIMIT ALL) AS v`,
      ) as Effect.Effect<Array<Record<string, unknown>>>,
    query: (sql: string) => query(sql.replaceAll("ARCHIVE", schema)),
  }
})

let file = 0
const rows = (count: number, columns: Partial<Encoding>) =>
  Array.from({ length: count }, () => encodingOf(file++, columns))

/**
 * Three days: one of two categories with every outcome, one with nothing, one of which rows were rejected and forgotten.
 */
const threeDays = Effect.gen(function* () {
  const opened = yield* open()
  const { archive } = opened
  const drama = { categoryId: 1n, categoryName: "drama" }
  const news = { categoryId: 2n, categoryName: null, outputType: "HD" }
  yield* loadDay(archive, {
    workDate: "2021-09-30",
    readAt: firstReadAt,
    settled: false,
    rows: [
      ...rows(3, { ...drama, outputTotalSize: 1_000n }),
      ...rows(1, { ...drama, status: "FAILURE", percent: 40, outputTotalSize: 0n, anomalies: ["link: 7"] }),
      ...rows(1, { ...drama, status: "CANCELED", outputTotalSize: null }),
      ...rows(1, { ...news, status: "WAITING", outputTotalSize: null }),
      ...rows(1, { ...news, status: null, outputTotalSize: null }),
      ...rows(1, { ...news, status: "PAUSED", outputTotalSize: null }),
    ],
  })
  yield* loadDay(archive, { workDate: "2021-10-01", rows: [], readAt: firstReadAt })
  const kept = rows(12, { ...news, outputTotalSize: 2n ** 62n, categoryName: "news" })
  const forgotten = rows(1, { ...news, outputTotalSize: 5n, categoryName: "old news", status: "FAILURE" })
  const last = { workDate: "2021-10-03", rejects: rejectsOf(2) }
  yield* loadDay(archive, { ...last, rows: [...kept, ...forgotten], readAt: firstReadAt })
  yield* loadDay(archive, { ...last, rows: kept, readAt: firstReadAt + 1000, runId: otherRun.runId })
  yield* archive.recordFailure("2021-10-04", run, "GatewayBroken: HTTP 500")
  return opened
})

layer(TestPostgres.layer, { excludeTestServices: true })("the view", (it) => {
  it.effect("daily_outcome tells what became of each loaded day, also of one without encodings", () =>
    Effect.gen(function* () {
      const { view } = yield* threeDays
      expect(yield* view("daily_outcome")).toEqual([
        {
          ...{ work_date: "2021-09-30", day_state: "open", encodings: "8" },
          ...{ complete: "3", failure: "1", canceled: "1", unfinished: "3", failure_percent: 25 },
          ...{ missing: "0", rejected: "0", output_bytes: "3000" },
        },
        {
          ...{ work_date: "2021-10-01", day_state: "closed", encodings: "0" },
          ...{ complete: "0", failure: "0", canceled: "0", unfinished: "0", failure_percent: null },
          ...{ missing: "0", rejected: "0", output_bytes: "0" },
        },
        {
          ...{ work_date: "2021-10-03", day_state: "closed", encodings: "13" },
          ...{ complete: "12", failure: "1", canceled: "0", unfinished: "0", failure_percent: 100 / 13 },
          ...{ missing: "1", rejected: "2", output_bytes: String(12n * 2n ** 62n + 5n) },
        },
      ])
    }),
  )

  it.effect("category_outcome tells it by category, output_type_outcome by output type", () =>
    Effect.gen(function* () {
      const { view } = yield* threeDays
      const open = { work_date: "2021-09-30", missing: "0" }
      const closed = { work_date: "2021-10-03", missing: "1" }
      const drama = { encodings: "5", complete: "3", failure: "1", canceled: "1", unfinished: "0" }
      const waiting = { encodings: "3", complete: "0", failure: "0", canceled: "0", unfinished: "3" }
      const news = { encodings: "13", complete: "12", failure: "1", canceled: "0", unfinished: "0" }
      const sums = {
        drama: { failure_percent: 25, output_bytes: "3000" },
        waiting: { failure_percent: null, output_bytes: "0" },
        news: { failure_percent: 100 / 13, output_bytes: String(12n * 2n ** 62n + 5n) },
      }
      expect(yield* view("category_outcome")).toEqual([
        { ...open, category_id: "1", category_name: "drama", ...drama, ...sums.drama },
        { ...open, category_id: "2", category_name: null, ...waiting, ...sums.waiting },
        { ...closed, category_id: "2", category_name: "old news", ...news, ...sums.news },
      ])
      expect(yield* view("output_type_outcome")).toEqual([
        { ...open, output_type: "AVC_SD_1Pass_30fps", ...drama, ...sums.drama },
        { ...open, output_type: "HD", ...waiting, ...sums.waiting },
        { ...closed, output_type: "HD", ...news, ...sums.news },
      ])
    }),
  )

  it.effect("failed_encoding names what failed, also what the API has forgotten since", () =>
    Effect.gen(function* () {
      const { view } = yield* threeDays
      const time = (ms: number) => new Date(ms).toISOString().replace("T", " ").replace(".000Z", "+00")
      expect(
        yield* view(
          "failed_encoding",
          "work_date, category_name, percent, anomalies, missing_since, changed_at",
        ),
      ).toEqual([
        {
          ...{ work_date: "2021-09-30", category_name: "drama", percent: 40, anomalies: ["link: 7"] },
          ...{ missing_since: null, changed_at: time(firstReadAt) },
        },
        {
          ...{ work_date: "2021-10-03", category_name: "old news", percent: 100, anomalies: [] },
          ...{ missing_since: time(firstReadAt + 1000), changed_at: time(firstReadAt) },
        },
      ])
    }),
  )

  it.effect("storage_growth adds up what each month brought, by category", () =>
    Effect.gen(function* () {
      const { view, archive } = yield* threeDays
      yield* loadDay(archive, {
        workDate: "2021-12-01",
        rows: rows(2, { categoryId: 1n, categoryName: "drama 2", outputTotalSize: 50n }),
      })
      yield* loadDay(archive, {
        workDate: "2021-12-31",
        rows: rows(1, { categoryId: 1n, categoryName: "drama 1", outputTotalSize: 7n }),
      })
      const news = String(12n * 2n ** 62n + 5n)
      const [drama, other] = [{ category_id: "1" }, { category_id: "2", category_name: "old news" }]
      expect(yield* view("storage_growth")).toEqual([
        {
          ...{ month: "2021-09-01", ...drama, category_name: "drama" },
          ...{ outputs: "3", added_bytes: "3000", total_bytes: "3000" },
        },
        { month: "2021-10-01", ...other, outputs: "13", added_bytes: news, total_bytes: news },
        {
          ...{ month: "2021-12-01", ...drama, category_name: "drama 2" },
          ...{ outputs: "3", added_bytes: "107", total_bytes: "3107" },
        },
      ])
    }),
  )

  it.effect(
    "coverage has every day from the first to the last one, those that were never asked for as well",
    () =>
      Effect.gen(function* () {
        const { view } = yield* threeDays
        expect(
          yield* view("coverage", "work_date, state, row_count, open_rows, rejected_rows, error"),
        ).toEqual(
          [
            ["2021-09-30", "open", "8", "3", "0", null],
            ["2021-10-01", "closed", "0", "0", "0", null],
            ["2021-10-02", "missing", null, null, null, null],
            ["2021-10-03", "closed", "12", "0", "2", null],
            ["2021-10-04", "failed", null, null, null, "GatewayBroken: HTTP 500"],
          ].map(([work_date, state, row_count, open_rows, rejected_rows, error]) => ({
            ...{ work_date, state, row_count, open_rows, rejected_rows, error },
          })),
        )
        expect(yield* (yield* open()).view("coverage")).toEqual([])
      }),
  )

  it.effect.each(["Asia/Seoul", "+14:00", "-12:00"])(
    "stuck_encoding names what status names as stuck, by the calendar of the archive: %s",
    (zone) =>
      Effect.gen(function* () {
        const { archive, query, view } = yield* open(zone)
        const offset = { "Asia/Seoul": 9, "+14:00": 14, "-12:00": -12 }[zone]!
        const [{ now }] = (yield* query("SELECT now()::text AS now")) as [{ now: string }]
        const today = new Date(Date.parse(now) + offset * 3_600_000).toISOString().slice(0, 10)
        const waiting = { status: "WAITING", percent: 0 }
        for (const age of [0, 1, 2, 40]) {
          const [complete, stuck, silent] = [
            ...rows(1, {}),
            ...rows(1, waiting),
            ...rows(1, { ...waiting, lastWorkTime: null }),
          ]
          yield* loadDay(archive, {
            workDate: addDays(today, -age),
            readAt: firstReadAt,
            rows: [complete!, stuck!, silent!],
          })
        }
        // What is forgotten is not stuck, nor are rows that ended.
        yield* query(
          `UPDATE ARCHIVE.encoding SET missing_since = now() WHERE work_date = '${addDays(today, -40)}' AND last_work_time IS NULL`,
        )
        const found = yield* view("stuck_encoding")
        expect(found.map(({ work_date, age_days }) => [work_date, age_days])).toEqual([
          [addDays(today, -40), 40],
          [addDays(today, -2), 2],
          [addDays(today, -2), 2],
        ])
        const open_ = yield* archive.openEncodings({ before: addDays(today, -1), limit: 9 })
        const named = (yield* view("stuck_encoding", "file_path")).map(({ file_path }) => file_path)
        expect(named).toEqual(open_.map(({ filePath }) => filePath))
        const since = yield* query(
          "SELECT stuck_since = coalesce(last_work_time, changed_at) AS same, last_work_time IS NULL AS silent FROM ARCHIVE.stuck_encoding ORDER BY 2, 1",
        )
        expect(since).toEqual([
          { same: true, silent: false },
          { same: true, silent: false },
          { same: true, silent: true },
        ])
      }),
  )

  it.effect("of outcomes or states looks at no other days than it is asked for", () =>
    Effect.gen(function* () {
      const { query } = yield* threeDays
      for (const name of [
        "daily_outcome",
        "category_outcome",
        "output_type_outcome",
        "failed_encoding",
        "encoding_timeline",
      ]) {
        const plan = (yield* query(
          `EXPLAIN (COSTS off) SELECT * FROM ARCHIVE.${name} WHERE work_date >= '2021-10-03'`,
        )).map((line) => String(line["QUERY PLAN"]))
        const scans = plan.flatMap((line, at) =>
          / on encoding/.test(line) ? [`${line}${plan[at + 1]}${plan[at + 2] ?? ""}`] : [],
        )
        expect(scans.length).toBeGreaterThan(0)
        for (const scan of scans) expect(scan).toMatch(/work_date (>=|=) /)
      }
    }),
  )

  it.effect("of a season reads that season, and not the years around it", () =>
    Effect.gen(function* () {
      const { query } = yield* open()
      yield* query(
        `INSERT INTO ARCHIVE.encoding SELECT date '2020-01-01' + n / 150, 1, n::text, 'a', 1, NULL, 'COMPLETE', repeat('x', 200), 100, 1,
           NULL, now(), now(), NULL, '{}', NULL, now(), now(), '${run.runId}' FROM generate_series(0, 74999) AS n`,
      )
      yield* query("VACUUM ANALYZE ARCHIVE.encoding")
      for (const name of ["daily_outcome", "category_outcome", "output_type_outcome", "encoding_timeline"]) {
        const plan = (yield* query(
          `EXPLAIN SELECT * FROM ARCHIVE.${name} WHERE work_date >= '2021-01-01' AND work_date < '2021-04-01'`,
        )).map((line) => String(line["QUERY PLAN"]))
        expect(plan.join("\n")).toContain("Bitmap Index Scan on encoding_work_date")
      }
    }),
  )
})
