/** For tests: archives of either kind, with what answers questions to them, and a world with something in every view. */
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Context, Effect, Layer } from "effect"
import { Archive } from "./Archive.ts"
import { ArchiveQuery } from "./ArchiveQuery.ts"
import { loadDay, rowsOf } from "./BothArchives.fixture.ts"
import { csvArchiveQueryLayer } from "./csv/CsvArchiveQuery.ts"
import { dayEnd, freshFolder, openFolder, runIdOf } from "./csv/CsvFolder.fixture.ts"
import { fill } from "./ExportedArchive.fixture.ts"
import { postgresArchiveQueryLayer } from "./postgres/PostgresArchiveQuery.ts"
import { openArchive, TestPostgres } from "./postgres/TestPostgres.fixture.ts"

interface Options {
  readonly timeZone?: string
}

const postgresQuery = ({ timeZone = "Asia/Seoul" }: Options) =>
  Effect.gen(function* () {
    const place = yield* (yield* TestPostgres).freshSchema
    const context = yield* openArchive(place, { timeZone })
    const querying = yield* Layer.build(
      Layer.fresh(postgresArchiveQueryLayer()).pipe(Layer.provide(Layer.succeedContext(context))),
    )
    return { place, archive: Context.get(context, Archive), query: Context.get(querying, ArchiveQuery) }
  })

const csvQuery =
  (excel: boolean) =>
  ({ timeZone = "Asia/Seoul" }: Options) =>
    Effect.gen(function* () {
      const place = yield* freshFolder
      const archive = yield* openFolder(place, { timeZone, excel })
      const querying = yield* Layer.build(
        Layer.fresh(csvArchiveQueryLayer(place)).pipe(Layer.provide(Layer.succeed(Archive, archive))),
      )
      return { place, archive, query: Context.get(querying, ArchiveQuery) }
    })

/** Each gives a new archive that is not prepared yet, and its schema or folder. */
export const bothQueried = [
  ["Postgres", postgresQuery],
  ["CSV files", csvQuery(false)],
  ["CSV files for Excel", csvQuery(true)],
] as const

/**
 * The two days of `fill`, with every awkward text; then a day with nothing, one with sizes that no bigint can add up and one
 * row forgotten, one stuck for long and one of yesterday, and in between days that nobody asked for.
 *
 * @param today by the calendar of the archive's time zone
 */
export const fillEveryView = Effect.fnUntraced(function* (archive: Archive["Service"], today: string) {
  yield* fill(archive)
  const again = { readAt: dayEnd + 7_200_000, runId: runIdOf(2) }
  yield* loadDay(archive, { workDate: "2021-10-01", rows: [] })
  const huge = rowsOf(12, { categoryId: 2n, outputTotalSize: 2n ** 62n, categoryName: "뉴스" })
  const forgotten = rowsOf(13).slice(12)
  yield* loadDay(archive, { workDate: "2021-10-03", rows: [...huge, ...forgotten] })
  yield* loadDay(archive, { ...again, workDate: "2021-10-03", rows: huge })
  for (const workDate of [addDays(today, -40), addDays(today, -1)])
    yield* loadDay(archive, {
      workDate,
      rows: [
        ...rowsOf(2, { status: "FAILURE", percent: 42.5, outputTotalSize: null, anomalies: ["link: 7"] }),
        ...rowsOf(3, { outputType: "SD", status: "RUNNING", percent: 12 }),
        ...rowsOf(1, { outputType: "4K", status: "WAITING", lastWorkTime: null, outputTotalSize: 0n }),
      ],
    })
})
