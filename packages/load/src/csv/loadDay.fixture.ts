/**
 * A program for `CsvArchive.memory.test.ts` and for measuring by hand; prints what it measured as one line of JSON.
 *
 *   node loadDay.fixture.ts archive FOLDER ROWS READING   loads one day of ROWS rows, slice by slice, into a CSV archive;
 *                                                         READING 0 is a first reading, each later one has a tenth changed
 *   node loadDay.fixture.ts bare FOLDER ROWS              the same rows by csv-stringify's stream into one synced file
 */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import * as Effect from "effect/Effect"
import { stringify } from "csv-stringify"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { peakMemory } from "@vodstation-etl/core/peakMemory.fixture"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import { make } from "./CsvArchive.ts"
import { encodingTable } from "./encodingTable.ts"

const workDate = "2021-09-12"
const dayStart = Date.parse("2021-09-11T15:00:00.000Z")
const rowsPerSlice = 700

/** Row `index` as reading `reading` sees it: rows come in no order of their key. */
const rowAt = (index: number, rowCount: number, reading: number): Encoding => {
  const number = (index * 7919) % rowCount
  const changed = reading > 0 && number % 10 === reading % 10
  return {
    categoryId: BigInt(100_000 + (number % 40)),
    filePath: `/contents/2021/09/12/series-${number % 300}/episode-${number}/video_${number * 7919}.mp4`,
    outputType: "1080p HLS 5000k",
    categoryName: `드라마 ${number % 40}`,
    status: "COMPLETE",
    link: `https://kr.object.ncloudstorage.com/bucket-out/2021/09/12/${number}/video_${number * 7919}_1080p.mp4`,
    percent: 100,
    outputTotalSize: BigInt(1_000_000_000 + number * 123 + (changed ? 1 : 0)),
    lastWorkTime: dayStart + number * 100,
    requestedFrom: dayStart,
    requestedBefore: dayStart + 86_400_000,
    anomalies: [],
    raw: number % 50 === 0 ? `{"unknown":"${"x".repeat(200)}","n":${number}}` : null,
  }
}

const loadDay = Effect.fnUntraced(function* (folder: string, rowCount: number, reading: number) {
  const archive = yield* make({ folder, timeZone: undefined, excel: false, access: "write" })
  yield* archive.prepare("example.test")
  const day = yield* archive.stageDay(workDate, { runId: `00000000-0000-4000-8000-00000000000${reading}` })
  const digest = new SnapshotDigest()
  let milliseconds = 0
  for (let from = 0; from < rowCount; from += rowsPerSlice) {
    const rows: Array<Encoding> = []
    for (let index = from; index < Math.min(rowCount, from + rowsPerSlice); index++) {
      const row = rowAt(index, rowCount, reading)
      digest.addRow(row)
      rows.push(row)
    }
    const start = performance.now()
    yield* day.add(rows, [])
    milliseconds += performance.now() - start
  }
  const adding = milliseconds
  const start = performance.now()
  const committed = yield* day.commit({
    workDate,
    readAt: dayStart + (30 + reading) * 86_400_000,
    proof: "single-page",
    strong: true,
    settled: true,
    seamsHold: true,
    apiTotal: rowCount,
    rowCount,
    openRows: 0,
    rejectedRows: 0,
    requests: Math.ceil(rowCount / rowsPerSlice),
    pages: Math.ceil(rowCount / rowsPerSlice),
    digest: digest.toString(),
  })
  milliseconds += performance.now() - start
  return { adding: Math.round(adding), milliseconds, committed }
})

const writeBare = async (folder: string, rowCount: number) => {
  const rows = Array.from({ length: rowCount }, (_, index) => rowAt(index, rowCount, 0))
  const table = encodingTable(workDate)
  const start = performance.now()
  const handle = await fs.open(path.join(folder, "bare.csv"), "w")
  const cells = function* () {
    for (const row of rows) yield table.toCells({ ...row, occurrence: 1, missingSince: null })
  }
  await pipeline(Readable.from(cells()), stringify(), async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) await handle.appendFile(chunk)
  })
  await handle.sync()
  await handle.close()
  return { milliseconds: performance.now() - start }
}

const [mode, folder, rowText, readingText] = process.argv.slice(2)
const rowCount = Number(rowText)
const measured =
  mode === "bare"
    ? await writeBare(folder!, rowCount)
    : await Effect.runPromise(Effect.scoped(loadDay(folder!, rowCount, Number(readingText))))
console.log(
  JSON.stringify({
    ...measured,
    milliseconds: Math.round(measured.milliseconds),
    rowsPerSecond: Math.round((rowCount / measured.milliseconds) * 1000),
    cpuMilliseconds: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000),
    peakBytes: peakMemory(),
  }),
)
