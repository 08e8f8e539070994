/**
 * Where the API is: one of NAVER Cloud's three sites, or an address of the user's own (`VODSTATION_BASE_URL`), such as a
 * relay into the financial site, or a simulator. Requests are signed but the answers are not, and the access key goes in
 * the clear: so plain http is for loopback only.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { FoundSetting } from "./settingSources.ts"
import { findSetting, settingSources } from "./settingSources.ts"

export interface BaseUrl {
  /** Scheme, host and port. */
  readonly origin: string
  /** Host and port, for messages. */
  readonly host: string
  /** Goes before `/api/v2/…`, and is signed with it; normally empty. Without a slash at its end. */
  readonly pathPrefix: string
}

export type Site = "public" | "gov" | "fin"

/** API facts, section 5. The government's host has a hyphen, the others have none. */
const siteUrls: Readonly<Record<Site, string>> = {
  public: "https://vodstation.apigw.ntruss.com",
  gov: "https://vod-station.apigw.gov-ntruss.com",
  fin: "https://vodstation.apigw.fin-ntruss.com",
}

/** `VODSTATION_BASE_URL` is not an address that signed requests may be sent to. */
export class InvalidBaseUrl extends Schema.TaggedError<InvalidBaseUrl>()("InvalidBaseUrl", {
  /** As it was given, but for a password in it. */
  text: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `VODSTATION_BASE_URL ${this.text}: ${this.reason}. Give an address like ${siteUrls.public}, or leave it out and choose with --site public, gov or fin.`
  }
}

/** Reads an address of the user's own. A path that ends in `/api/v2`, as the documentation writes it, means the same without. */
export const parseBaseUrl = (text: string): Result.Result<BaseUrl, InvalidBaseUrl> => {
  const url = URL.parse(text.trim())
  if (url === null) return refuse(text, "not an address")
  if (url.username !== "" || url.password !== "") {
    return refuse(text, "a name and password have no place in it")
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse(text, "neither https nor http")
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return refuse(text, "plain http is for this machine itself (127.0.0.1, localhost, [::1])")
  }
  if (/[?#]/.test(text)) return refuse(text, "it must end with the path: no query, no fragment")
  const pathPrefix = url.pathname
    .replace(/\/+$/, "")
    .replace(/\/api\/v2$/, "")
    .replace(/\/+$/, "")
  return Result.succeed({ origin: url.origin, host: url.host, pathPrefix })
}

/**
 * The address that the settings mean: `VODSTATION_BASE_URL` where the environment sets it, else that of a site that was asked
 * for, else `VODSTATION_BASE_URL` in `.env`, else the public site.
 */
export const baseUrl = Effect.fnUntraced(function* (site?: Site): Effect.fn.Return<BaseUrl, InvalidBaseUrl> {
  const own = yield* ownBaseUrl(site)
  return yield* Effect.fromResult(
    parseBaseUrl(own === undefined ? siteUrls[site ?? "public"] : Redacted.value(own.value)),
  )
})

/** The setting `VODSTATION_BASE_URL`, where it is the one that counts. */
export const ownBaseUrl = Effect.fnUntraced(function* (
  site: Site | undefined,
): Effect.fn.Return<FoundSetting | undefined, InvalidBaseUrl> {
  const found = yield* findSetting(yield* settingSources, ["VODSTATION_BASE_URL"]).pipe(
    Effect.mapError((error) => new InvalidBaseUrl({ text: "", reason: error.message })),
  )
  return site !== undefined && found?.place === ".env" ? undefined : found
})

/** The host without its port: what an archive remembers that it is filled from. */
export const hostname = (url: BaseUrl): string => new URL(url.origin).hostname

/** What stands before an `@` may be a password. */
const refuse = (text: string, reason: string): Result.Result<never, InvalidBaseUrl> =>
  Result.fail(new InvalidBaseUrl({ text: text.trim().replace(/^([a-z]+:\/\/)?.*@/i, "$1"), reason }))

/** Whether a URL's host is this machine itself. */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
