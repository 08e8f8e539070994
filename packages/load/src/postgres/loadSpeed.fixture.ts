/**
 * Measures loading against a bare COPY of the same rows into a table of the same key: `node loadSpeed.fixture.ts [DAYS] [ROWS]
 * [DAYS IN FLIGHT] [--no-copy]`; without the bare COPY the peak memory is that of loading alone.
 * Each line: what, rows per second, ratio to the bare COPY, the loading process's peak memory so far.
 */
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"
import { type Encoding } from "@vodstation-etl/core/Encoding"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Context, Effect } from "effect"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import { Archive } from "../Archive.ts"
import { copyChunks, newDayLine } from "./copyLines.ts"
import { MaxKept } from "./StagedRows.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const days = Number(process.argv[2] ?? 31)
const rowsPerDay = Number(process.argv[3] ?? 20_000)
const inFlight = Number(process.argv[4] ?? 2)
const runId = "00000000-0000-4000-8000-000000000001"
const firstDay = "2021-09-01"
const dayStart = (date: string) => Date.parse(`${date}T00:00:00+09:00`)
const outputs = ["AVC_SD_1Pass_30fps", "AVC_HD_1Pass_30fps", "AVC_FHD_1Pass_30fps", "auto_90fps_abr"]

const makeDay = (date: string, percentChanged = 0): Array<Encoding> =>
  Array.from({ length: rowsPerDay }, (_, index) => {
    const file = Math.floor(index / 4)
    const hash = ((file * 2_654_435_761) >>> 0).toString(16).padStart(8, "0")
    return {
      categoryId: 10_000n + BigInt(file % 17),
      filePath: `/uploads/${date.replaceAll("-", "/")}/${hash}/SampleVideo_${file}_1280x720_5mb.mp4`,
      outputType: outputs[index % 4]!,
      categoryName: `category ${file % 17}`,
      status: "COMPLETE",
      link: `https://kr.object.ncloudstorage.com/vod-output/${date}/${hash}/SampleVideo_${file}_${outputs[index % 4]!}.mp4`,
      percent: 100,
      outputTotalSize: BigInt(81_040_256 + index + (index % 100 < percentChanged ? 1 : 0)),
      lastWorkTime: dayStart(date) + index * 4_321,
      requestedFrom: dayStart(date),
      requestedBefore: dayStart(date) + 86_400_000,
      anomalies: [],
      raw: null,
    }
  })

const dates = Array.from({ length: days }, (_, index) => addDays(firstDay, index))
let bare = Number.NaN
let cpu = process.cpuUsage()
const report = (what: string, seconds: number) => {
  const rate = (days * rowsPerDay) / seconds
  if (Number.isNaN(bare)) bare = rate
  const used = process.cpuUsage(cpu)
  console.log(
    `${what.padEnd(44)} ${Math.round(rate).toLocaleString("en")} rows/s  ${(rate / bare).toFixed(2)}  ours ${((used.user + used.system) / days / rowsPerDay).toFixed(2)} us CPU/row  peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  )
}
const timed = <A, E, R>(what: string, effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    cpu = process.cpuUsage()
    const from = performance.now()
    const spent = (yield* effect) as unknown
    report(what, (performance.now() - from - (typeof spent === "number" ? spent : 0)) / 1000)
  })

const measureCopy = Effect.gen(function* () {
  const test = yield* TestPostgres
  const bareSchema = yield* test.freshSchema
  const open = Context.get(yield* openArchive(bareSchema), Archive)
  yield* open.prepare("host")

  // The bare COPY reads finished lines from memory-mapped files, a transaction a day.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vodstation-load-speed-"))
  for (const date of dates) {
    const file = fs.openSync(path.join(folder, date), "w")
    const line = newDayLine(date, { readAt: 1_700_000_000_000, runId })
    for (const chunk of copyChunks(
      makeDay(date)
        .values()
        .map((row) => line(row, 1)),
    ))
      fs.writeSync(file, chunk)
    fs.closeSync(file)
  }
  const client = yield* Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new pg.Client({ connectionString: test.url })
      await client.connect()
      await client.query(`SET search_path TO ${bareSchema}; SET TimeZone TO 'UTC'`)
      return client
    }),
    (client) => Effect.promise(() => client.end()),
  )
  yield* timed(
    "bare COPY, one connection",
    Effect.promise(async () => {
      for (const date of dates) {
        await client.query("BEGIN")
        await new Promise<void>((resolve, reject) => {
          const copy = client.query(copyFrom(sqlStatement("copyNewDay")))
          copy.on("error", reject).on("finish", resolve)
          fs.createReadStream(path.join(folder, date), { highWaterMark: 65_536 }).pipe(copy)
        })
        await client.query("COMMIT")
      }
    }),
  )
  fs.rmSync(folder, { recursive: true })
})

const program = Effect.gen(function* () {
  const test = yield* TestPostgres
  const schema = yield* test.freshSchema
  if (!process.argv.includes("--no-copy")) yield* Effect.scoped(measureCopy)

  const archive = Context.get(yield* openArchive(schema), Archive)
  yield* archive.prepare("host")
  const loadAll = (readAt: number, digest: string, percentChanged = 0, into = archive) =>
    Effect.forEach(
      dates,
      (date) =>
        Effect.scoped(
          Effect.gen(function* () {
            const day = yield* into.stageDay(date, { runId })
            const started = performance.now()
            const rows = makeDay(date, percentChanged)
            const made = performance.now() - started
            for (let at = 0; at < rows.length; at += 1000) yield* day.add(rows.slice(at, at + 1000), [])
            yield* day.commit({
              workDate: date,
              readAt,
              proof: "pigeonhole",
              strong: true,
              settled: true,
              seamsHold: true,
              apiTotal: rowsPerDay,
              rowCount: rowsPerDay,
              openRows: 0,
              rejectedRows: 0,
              requests: 20,
              pages: 20,
              digest,
            })
            return made
          }),
        ),
      { concurrency: inFlight },
    ).pipe(Effect.map((made) => made.reduce((a, b) => a + b, 0)))
  yield* timed(`fresh, ${inFlight} days in flight`, loadAll(1_700_000_000_000, "a"))
  yield* timed("refresh, unchanged, same digest", loadAll(1_700_000_001_000, "a"))
  yield* timed("refresh, unchanged, compared", loadAll(1_700_000_002_000, "b"))
  yield* timed("refresh, a tenth changed", loadAll(1_700_000_003_000, "c", 10))

  const spilling = Context.get(yield* openArchive(yield* test.freshSchema), Archive)
  yield* spilling.prepare("host")
  yield* timed(
    "fresh, all through temporary files",
    loadAll(1_700_000_000_000, "a", 0, spilling).pipe(Effect.provideService(MaxKept, 0)),
  )
}).pipe(Effect.scoped, Effect.provide(TestPostgres.layer))

await Effect.runPromise(program)
