/**
 * `pnpm bench growth`: merging a day into an archive that holds years, against merging the same day into an empty one. Both lie
 * in one server and take turns.
 */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Archive } from "@vodstation-etl/load/Archive"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { fillEncoding } from "../fillEncoding.ts"
import { machine } from "../machine.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { encodingsOfDay } from "./encodingsOfDay.ts"
import { loadIntoArchive } from "./loadIntoArchive.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

/** Before the days that the large archive holds. */
const firstDay = "2021-09-01"
const rowsPerDay = 20_000
const readAt = Date.parse("2026-01-01T00:00:00Z")

const kinds = ["fresh", "a tenth changed", "unchanged, compared"] as const
type Times = Readonly<Record<(typeof kinds)[number], number>> & { readonly residentBytes: number }

export const growthBench = Effect.fn("growthBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
}) {
  const folder = yield* temporaryFolder
  const { url } = yield* useEmbeddedPostgres(folder)
  const inArchive = (schema: string) =>
    Effect.provide(postgresArchiveLayer({ target: url, schema, timeZone: undefined }))
  yield* Console.error(`filling an archive with ${options.rows.toLocaleString("en-US")} rows`)
  yield* fillEncoding(options.rows).pipe(inArchive("held"))

  const timed = Effect.fnUntraced(function* (
    date: string,
    changedPercent: number,
    digest: string,
    at: number,
  ) {
    const rows = encodingsOfDay(date, rowsPerDay, changedPercent)
    const startedAt = performance.now()
    yield* loadIntoArchive({ date, rows }, digest, readAt + at)
    return performance.now() - startedAt
  })
  const day = Effect.fnUntraced(function* (date: string) {
    yield* (yield* Archive).prepare("vodstation.example")
    return {
      fresh: yield* timed(date, 0, "a", 0),
      "a tenth changed": yield* timed(date, 10, "b", 1_000),
      "unchanged, compared": yield* timed(date, 10, "c", 2_000),
      residentBytes: process.memoryUsage().rss,
    } satisfies Times
  })
  const pairs: Array<{ readonly full: Times; readonly empty: Times }> = []
  for (let repetition = -1; repetition < options.repetitions; repetition++) {
    const date = addDays(firstDay, repetition + 1)
    const first = repetition % 2 === 0 ? yield* day(date).pipe(inArchive("held")) : undefined
    const empty = yield* day(date).pipe(inArchive(`empty_${repetition + 1}`))
    const full = first ?? (yield* day(date).pipe(inArchive("held")))
    // The first one warms up.
    if (repetition >= 0) pairs.push({ full, empty })
  }
  const line = (title: string, held: string, figure: (times: Times) => number) => [
    title,
    spreadOf(pairs.map(({ full }) => figure(full))).median.toFixed(0),
    spreadOf(pairs.map(({ empty }) => figure(empty))).median.toFixed(0),
    spreadText(ratiosOf(pairs.map(({ full, empty }) => [figure(full), figure(empty)]))),
    held,
  ]
  yield* Console.log(
    [
      `Measured on ${machine()}: days of ${rowsPerDay.toLocaleString("en-US")} rows.`,
      tableOf(
        ["", `into ${options.rows.toLocaleString("en-US")} rows`, "into none", "ratio", "held against"],
        [
          ...kinds.map((kind) => line(`${kind}, ms`, "at most 1.3", (times) => times[kind])),
          line("memory of the process, MB", "", (times) => times.residentBytes / 1e6),
        ],
      ),
    ].join("\n"),
  )
}, Effect.scoped)
