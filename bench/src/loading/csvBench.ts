/**
 * `pnpm bench csv`: days into a CSV archive, against csv-stringify's stream that writes the same cells into one file and syncs it
 * after each day. The archive sorts every day, writes two files of it, syncs both and their folders, and commits them as one.
 */
import { rmSync } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { stringify } from "csv-stringify"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Archive } from "@vodstation-etl/load/Archive"
import { layer as csvArchiveLayer } from "@vodstation-etl/load/csv/CsvArchive"
import { encodingTable } from "@vodstation-etl/load/csv/encodingTable"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { machine } from "../machine.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { encodingsOfDay } from "./encodingsOfDay.ts"
import type { LoadedDay } from "./loadIntoArchive.ts"
import { loadIntoArchive } from "./loadIntoArchive.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const firstDay = "2021-09-01"
const rowsPerDay = 20_000
const readAt = Date.parse("2026-01-01T00:00:00Z")
/** What the archive keeps of a row in its second file. */
const provenance = [
  "2026-01-01T00:00:00.000Z",
  "2026-01-01T00:00:00.000Z",
  "00000000-0000-4000-8000-000000000001",
  null,
]

export const csvBench = Effect.fn("csvBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
}) {
  const perDay = Math.min(rowsPerDay, options.rows)
  const dates = Array.from({ length: Math.ceil(options.rows / perDay) }, (_, day) => addDays(firstDay, day))
  const folder = yield* temporaryFolder
  const timed = Effect.fnUntraced(function* <E, R>(
    write: (day: LoadedDay) => Effect.Effect<unknown, E, R>,
    changedPercent = 0,
  ) {
    let seconds = 0
    for (const date of dates) {
      const day = { date, rows: encodingsOfDay(date, perDay, changedPercent) }
      const startedAt = performance.now()
      yield* write(day)
      seconds += (performance.now() - startedAt) / 1_000
    }
    return (dates.length * perDay) / seconds
  })
  const ours = (name: string) =>
    Effect.gen(function* () {
      yield* (yield* Archive).prepare("vodstation.example")
      const fresh = yield* timed((day) => loadIntoArchive(day, "a", readAt))
      const unchanged = yield* timed((day) => loadIntoArchive(day, "a", readAt + 1_000))
      const changed = yield* timed((day) => loadIntoArchive(day, "b", readAt + 2_000), 10)
      return { fresh, unchanged, changed }
    }).pipe(
      Effect.provide(
        csvArchiveLayer({ folder: join(folder, name), timeZone: undefined, excel: false, access: "write" }),
      ),
    )
  const stream = (name: string) =>
    Effect.gen(function* () {
      const handle = yield* Effect.promise(() => open(join(folder, name), "w"))
      const rate = yield* timed((day) => Effect.promise(() => writeStream(handle, day)))
      yield* Effect.promise(() => handle.close())
      return rate
    })

  yield* Console.error(`${options.repetitions} rounds of ${dates.length} days with ${perDay} rows each`)
  const rounds: Array<Effect.Success<ReturnType<typeof ours>> & { readonly stream: number }> = []
  for (let round = 0; round < options.repetitions; round++) {
    const streamed = yield* stream(`stream-${round}.csv`)
    rounds.push({ ...(yield* ours(`archive-${round}`)), stream: streamed })
    rmSync(join(folder, `archive-${round}`), { recursive: true })
    yield* Console.error(`  ${round + 1} of ${options.repetitions} done`)
  }
  const line = (title: string, held: string, rate: (round: (typeof rounds)[number]) => number) => [
    title,
    Math.round(spreadOf(rounds.map(rate)).median).toLocaleString("en-US"),
    spreadText(ratiosOf(rounds.map((round) => [rate(round), round.stream]))),
    held,
  ]
  yield* Console.log(
    [
      `Measured on ${machine()}: ${(dates.length * perDay).toLocaleString("en-US")} rows in days of ${perDay.toLocaleString("en-US")}.`,
      tableOf(
        ["CSV", "rows a second", "of its speed", "held against"],
        [
          line("csv-stringify's stream into one file", "", ({ stream }) => stream),
          line("fresh", "at least 0.9", ({ fresh }) => fresh),
          line("unchanged", "", ({ unchanged }) => unchanged),
          line("a tenth changed", "", ({ changed }) => changed),
        ],
      ),
    ].join("\n"),
  )
}, Effect.scoped)

const writeStream = async (handle: Awaited<ReturnType<typeof open>>, { date, rows }: LoadedDay) => {
  const table = encodingTable(date)
  const records = function* () {
    for (const row of rows)
      yield [...table.toCells({ ...row, occurrence: 1, missingSince: null }), ...provenance]
  }
  await pipeline(Readable.from(records()), stringify(), async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) await handle.appendFile(chunk)
  })
  await handle.sync()
}
