/** `doctor`: looks at everything that a run stands on, and says what to do about what does not work. Writes nothing. */
import { styleText } from "node:util"
import * as Console from "effect/Console"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import { hostname } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { checkArchiveChoice } from "./archiveLayer.ts"
import { noFacts } from "./doctor/archiveFindings.ts"
import type { ArchiveFindings } from "./doctor/archiveFindings.ts"
import { skipped } from "./doctor/Check.ts"
import { csvChecks } from "./doctor/csvChecks.ts"
import { doctorInWords, doctorReport } from "./doctor/DoctorReport.ts"
import type { GatewayFindings } from "./doctor/gatewayChecks.ts"
import { gatewayChecks } from "./doctor/gatewayChecks.ts"
import { machineChecks } from "./doctor/machineChecks.ts"
import { postgresChecks } from "./doctor/postgresChecks.ts"
import type { SettingsChoice, SettingsFound } from "./doctor/settingsChecks.ts"
import { settingsChecks } from "./doctor/settingsChecks.ts"
import { DoctorFoundFaults } from "./exitCode.ts"

export interface DoctorFlags extends SettingsChoice {
  readonly pageSize: number
  readonly rate?: number | undefined
  readonly json: boolean
}

export const doctor = Effect.fn("doctor")(function* (flags: DoctorFlags) {
  yield* checkArchiveChoice({ ...flags, excel: undefined })
  const report = yield* examine(flags).pipe(
    Effect.provide(
      Layer.merge(
        Credentials.layer({ profile: Option.getOrUndefined(flags.profile) }),
        // What the parts would say meanwhile, the list says in its place.
        Logger.layer([]),
      ),
    ),
  )
  yield* Console.log(
    flags.json
      ? JSON.stringify(report)
      : doctorInWords(report, (colour, text) => styleText(colour, text, { stream: process.stdout })),
  )
  if (report.exitCode !== 0) return yield* new DoctorFoundFaults({ exitCode: report.exitCode })
})

const examine = Effect.fnUntraced(function* (flags: DoctorFlags) {
  const settings = yield* settingsChecks(flags)
  const facts = yield* Deferred.make<ArchiveFindings["facts"]>()
  const [gateway, archive, machine] = yield* Effect.all(
    [
      askGateway(flags, settings, Deferred.await(facts)),
      Effect.tap(lookAtArchive(flags, settings), (found) => Deferred.succeed(facts, found.facts)),
      machineChecks,
    ],
    { concurrency: "unbounded" },
  )
  const found = { settings: settings.checks, gateway: gateway.checks, archive: archive.checks, machine }
  return doctorReport(found, settings.shown, gateway.requests)
})

const notUsable = "not looked at, since the settings above cannot be used"

const askGateway = (
  flags: DoctorFlags,
  { gateway, hasCredentials }: SettingsFound,
  facts: Effect.Effect<ArchiveFindings["facts"]>,
): Effect.Effect<GatewayFindings, never, Credentials> => {
  if (gateway === undefined) return Effect.succeed({ checks: [skipped("gateway", notUsable)], requests: 0 })
  const { url: baseUrl, proxy } = gateway
  const { pageSize, rate } = flags
  return gatewayChecks({ url: baseUrl, proxy, hasCredentials, pageSize, rate, facts }).pipe(
    Effect.provide(
      Layer.provideMerge(
        StatusList.layer({ pageSize }),
        Gateway.layer({ baseUrl, proxy, rate, concurrency: 1, attemptTimeoutMs, retryLimits }),
      ),
    ),
  )
}

/** Somebody is waiting: what does not answer soon is told as that. */
const attemptTimeoutMs = 10_000
const retryLimits = {
  attempts: 6,
  baseDelayMs: 200,
  maxDelayMs: 2_000,
  totalMs: 8_000,
  maxRetryAfterMs: 3_000,
}

const lookAtArchive = (
  flags: DoctorFlags,
  { settings, gateway }: SettingsFound,
): Effect.Effect<ArchiveFindings> => {
  if (settings === undefined)
    return Effect.succeed({ checks: [skipped("archive", notUsable)], facts: noFacts })
  const host = gateway && hostname(gateway.url)
  return flags.archive === "csv"
    ? csvChecks({ ...flags, excel: undefined }, settings, host)
    : postgresChecks(settings, host)
}
