/** The settings that count, where each is from, and whether they can be used. Nothing is asked and nobody is connected to. */
import * as path from "node:path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { BaseUrl, InvalidBaseUrl, Site } from "@vodstation-etl/extract/baseUrl"
import { baseUrl, ownBaseUrl } from "@vodstation-etl/extract/baseUrl"
import type { KeyPair } from "@vodstation-etl/extract/Credentials"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import type { CredentialsError } from "@vodstation-etl/extract/CredentialsError"
import type { InvalidProxy, Proxy } from "@vodstation-etl/extract/Proxy"
import { proxyFor, proxyNames } from "@vodstation-etl/extract/Proxy"
import { maskAccessKey } from "@vodstation-etl/extract/quoteAnswer"
import { describeSetting, findSetting, settingSources } from "@vodstation-etl/extract/settingSources"
import { resolveTarget } from "@vodstation-etl/load/postgres/PostgresTarget"
import type { ArchiveChoice } from "../archiveLayer.ts"
import { usualZone } from "../rangeOf.ts"
import type { Settings } from "../Settings.ts"
import { readSettings } from "../Settings.ts"
import { withTilde } from "../withTilde.ts"
import type { Check } from "./Check.ts"
import { failed, ok, warning } from "./Check.ts"

/** What counts, with secrets masked, and where it is from: `--site`, `DATABASE_URL in .env`, `default`. */
export interface ShownSetting {
  readonly name: string
  readonly value: string
  readonly from: string
}

export interface SettingsFound {
  readonly checks: ReadonlyArray<Check>
  readonly shown: ReadonlyArray<ShownSetting>
  /** Each undefined where it cannot be used. */
  readonly settings: Settings | undefined
  readonly gateway: { readonly url: BaseUrl; readonly proxy: Proxy | undefined } | undefined
  readonly hasCredentials: boolean
}

export interface SettingsChoice extends Pick<ArchiveChoice, "archive" | "out"> {
  readonly site: Site | undefined
  readonly profile: Option.Option<string>
}

type Finding = readonly [Check, ShownSetting?]

const settingOf = (name: string, value: string, from: string | undefined): Finding => [
  ok(name, `${value} (${from ?? "default"})`),
  { name, value, from: from ?? "default" },
]

export const settingsChecks = Effect.fn("settingsChecks")(function* (
  choice: SettingsChoice,
): Effect.fn.Return<SettingsFound, never, Credentials> {
  const credentials = yield* Effect.result(Effect.flatMap(Credentials, ({ load }) => load))
  const url = yield* Effect.result(baseUrl(choice.site))
  const settings = yield* Effect.result(readSettings())
  const proxy = Result.isSuccess(url) ? yield* Effect.result(proxyFor(url.success)) : undefined
  const findings: ReadonlyArray<Finding> = [
    credentialsFinding(credentials, choice),
    yield* urlFinding(url, choice),
    ...(proxy === undefined ? [] : [yield* proxyFinding(proxy)]),
    ...(Result.isSuccess(settings)
      ? archiveFindings(settings.success, choice)
      : ([[failed("archive", settings.failure)]] as const)),
    ...(yield* telemetryFindings),
  ]
  return {
    checks: findings.map(([check]) => check),
    shown: findings.flatMap(([, shown]) => (shown === undefined ? [] : [shown])),
    settings: Result.getOrUndefined(settings),
    gateway:
      Result.isSuccess(url) && proxy !== undefined && Result.isSuccess(proxy)
        ? { url: url.success, proxy: proxy.success }
        : undefined,
    hasCredentials: Result.isSuccess(credentials),
  }
})

const credentialsFinding = (
  found: Result.Result<KeyPair, CredentialsError>,
  { profile }: SettingsChoice,
): Finding => {
  if (Result.isFailure(found)) return [failed("credentials", found.failure)]
  const { accessKey, source } = found.success
  const value = `access key ${maskAccessKey(Redacted.value(accessKey))}`
  const shown = { name: "credentials", value, from: source }
  if (Option.isSome(profile) && !source.startsWith("profile ")) {
    return [
      warning(
        "credentials",
        `${value} (${source}), and not profile ${profile.value}: unset ${source} to use the profile.`,
      ),
      shown,
    ]
  }
  return [ok("credentials", `${value} (${source})`), shown]
}

const urlFinding = Effect.fnUntraced(function* (
  url: Result.Result<BaseUrl, InvalidBaseUrl>,
  { site }: SettingsChoice,
) {
  if (Result.isFailure(url)) return [failed("API", url.failure)] as const
  const own = yield* Effect.orElseSucceed(ownBaseUrl(site), () => undefined)
  const from = own !== undefined ? describeSetting(own) : site === undefined ? undefined : `--site ${site}`
  return settingOf("API", url.success.origin + url.success.pathPrefix, from)
})

const proxyFinding = Effect.fnUntraced(function* (proxy: Result.Result<Proxy | undefined, InvalidProxy>) {
  if (Result.isFailure(proxy)) return [failed("proxy", proxy.failure)] as const
  const set = yield* Effect.orElseSucceed(findSetting(yield* settingSources, proxyNames), () => undefined)
  const from = set && describeSetting(set)
  if (proxy.success !== undefined) return settingOf("proxy", proxy.success.host, from)
  return settingOf("proxy", from === undefined ? "none" : "none for this host", from)
})

/** Only where there is a collector to send to. */
const telemetryFindings = Effect.gen(function* () {
  const names = ["", "TRACES_", "METRICS_", "LOGS_"].map((signal) => `OTEL_EXPORTER_OTLP_${signal}ENDPOINT`)
  const set = yield* Effect.orElseSucceed(findSetting(yield* settingSources, names), () => undefined)
  if (set === undefined) return []
  // What stands before the host or after it may be a secret.
  const host = URL.parse(Redacted.value(set.value))?.host
  return [settingOf("telemetry", host ?? "not an address", describeSetting(set))]
})

const archiveFindings = (settings: Settings, choice: SettingsChoice): ReadonlyArray<Finding> => {
  const { origin } = settings
  const zone = settingOf(
    "time zone",
    settings.timeZone ?? `the archive's, ${usualZone} for a new one`,
    origin.timeZone,
  )
  if (choice.archive === "csv") {
    const folder = Option.getOrElse(choice.out, () => "")
    return [settingOf("archive", withTilde(path.resolve(folder)), "--out"), zone]
  }
  return [
    databaseFinding(settings),
    ...(settings.database._tag === "Embedded"
      ? [settingOf("home", withTilde(settings.home), origin.home)]
      : []),
    settingOf("schema", settings.schema, origin.schema),
    zone,
  ]
}

const databaseFinding = ({ database, postgresVariables, origin }: Settings): Finding => {
  if (database._tag === "Embedded") return settingOf("database", "embedded", undefined)
  const target = resolveTarget(
    database._tag === "Url" ? database.url : "environment",
    process.env,
    Redacted.value(postgresVariables),
  )
  return Result.isFailure(target)
    ? [failed("database", target.failure)]
    : settingOf("database", target.success.place, origin.database)
}
