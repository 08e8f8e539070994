/**
 * What `bench load-while-reading` measures: the program's own `loadDays` over a range of days, whole, or with one of its two
 * ends taken away. A program of its own; prints rows, requests and what it took.
 *
 * node loadRange.ts read|load|both BASE_URL SCHEMA FIRST_DAY DAYS PAGE_SIZE, with the keys and DATABASE_URL in the environment.
 */
// First, as the program itself has it.
import "@vodstation-etl/runner/collectGarbageSooner"
import { randomUUID } from "node:crypto"
import { cpus } from "node:os"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { addDays, timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import { hostname, parseBaseUrl } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { Archive } from "@vodstation-etl/load/Archive"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { readerLayer } from "@vodstation-etl/runner/gatewayLayer"
import { loadDays } from "@vodstation-etl/runner/loadDays"
import { Progress } from "@vodstation-etl/runner/Progress"
import { RunTally } from "@vodstation-etl/runner/RunReport"
import { discardingArchive } from "./discardingArchive.ts"
import { RecordedDays } from "./RecordedDays.ts"

const [mode = "both", baseUrl = "", schema = "", firstDay = "", days = "1", pageSize = "1000"] =
  process.argv.slice(2)

const url = Effect.fromResult(parseBaseUrl(baseUrl))
const recorded = new RecordedDays()

/** What all cores have worked, for whomever: gateway and Postgres are at work beside us. */
const workOfMachine = (): number =>
  cpus().reduce((seconds, { times }) => seconds + (times.user + times.nice + times.sys + times.irq) / 1e3, 0)

const program = Effect.gen(function* () {
  const archive = yield* Archive
  const gateway = yield* Gateway
  const range = workDays(
    firstDay,
    addDays(firstDay, Number(days)),
    Option.getOrThrow(timeZone(archive.timeZone)),
  )
  if (mode === "load") yield* recorded.record(range)
  const reader = mode === "load" ? recorded.reader : yield* DayReader
  const runId = randomUUID()
  yield* archive.prepare(hostname(yield* url))
  yield* archive.startRun({ runId, command: "backfill", startedAt: 0, options: {}, version: "bench" })

  const tally = new RunTally()
  const before = (yield* gateway.stats).requests
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const work = workOfMachine()
  yield* loadDays(
    range.map((day) => ({ day, reason: "new" })),
    runId,
    tally,
  ).pipe(Effect.provideService(DayReader, reader))
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - startedAt) / 1e3
  const workDone = workOfMachine() - work
  const { days: ended, rows } = tally.end("complete", 0, { requests: 0, retries: 0 })
  if (ended.closed !== range.length) {
    return yield* Effect.die(new Error(`not all days closed: ${JSON.stringify(tally.problems)}`))
  }
  return {
    rows: rows.read,
    requests: (yield* gateway.stats).requests - before,
    seconds: seconds - recorded.seconds,
    cpuSeconds: (user + system) / 1e6 - recorded.seconds,
    machineCpuSeconds: workDone - recorded.seconds,
  }
})

const archiveLayer =
  mode === "read"
    ? discardingArchive()
    : postgresArchiveLayer({
        target: Redacted.make(process.env["DATABASE_URL"] ?? ""),
        schema,
        timeZone: undefined,
      })

const layers = Layer.unwrap(
  Effect.map(url, (found) =>
    readerLayer(
      {
        site: "public",
        profile: Option.none(),
        concurrency: 8,
        pageSize: Number(pageSize),
        resolution: "1d",
        settle: "1h",
      },
      found,
    ).pipe(Layer.provide(Credentials.layer({})), Layer.provide(NodeServices.layer)),
  ),
)

const run = program.pipe(Effect.provide(Layer.mergeAll(layers, archiveLayer, Progress.layer)))
console.log(JSON.stringify(await Effect.runPromise(Effect.scoped(run))))
