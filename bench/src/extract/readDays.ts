/**
 * Our side of the reading benchmark: reads days as the program does, through the same layers and as many at once, and lets
 * the rows go. A program of its own; prints rows, requests and what the reading took.
 *
 * node readDays.ts BASE_URL CONCURRENCY PAGE_SIZE FIRST_DAY DAYS, with the keys in the environment.
 */
// First, as the program itself has it.
import "@vodstation-etl/runner/collectGarbageSooner"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { addDays, timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import { parseBaseUrl } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { readerLayer } from "@vodstation-etl/runner/gatewayLayer"
import { daysInReading } from "@vodstation-etl/runner/loadDays"

const [baseUrl = "", concurrency = "8", pageSize = "1000", firstDay = "", days = "1"] = process.argv.slice(2)

const program = Effect.gen(function* () {
  const reader = yield* DayReader
  const gateway = yield* Gateway
  const zone = Option.getOrThrow(timeZone("Asia/Seoul"))
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const readings = yield* Effect.forEach(
    workDays(firstDay, addDays(firstDay, Number(days)), zone),
    (day) => reader.read(day, { take: () => Effect.void }),
    { concurrency: daysInReading },
  )
  const { user, system } = process.cpuUsage(cpu)
  return {
    rows: readings.reduce((sum, reading) => sum + reading.rowCount, 0),
    requests: (yield* gateway.stats).requests,
    seconds: (performance.now() - startedAt) / 1e3,
    cpuSeconds: (user + system) / 1e6,
  }
})

const layers = Layer.unwrap(
  Effect.map(Effect.fromResult(parseBaseUrl(baseUrl)), (url) =>
    readerLayer(
      {
        site: "public",
        profile: Option.none(),
        concurrency: Number(concurrency),
        pageSize: Number(pageSize),
        resolution: "1d",
        settle: "1h",
      },
      url,
    ).pipe(Layer.provide(Credentials.layer({})), Layer.provide(NodeServices.layer)),
  ),
)

console.log(JSON.stringify(await Effect.runPromise(program.pipe(Effect.provide(layers)))))
