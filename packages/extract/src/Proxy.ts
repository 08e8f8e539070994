/**
 * Which proxy the way to the gateway goes through: `HTTPS_PROXY` and `NO_PROXY`, read as other tools read them (curl's names in
 * lower case first). undici has an agent that reads them itself, but it reads them from the process and does not tell which
 * way it went, which an error must say.
 */
import { isIP } from "node:net"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { BaseUrl } from "./baseUrl.ts"
import { isLoopback } from "./baseUrl.ts"
import { findSetting, settingSources } from "./settingSources.ts"

export interface Proxy {
  /** Scheme, host and port; without name and password. */
  readonly origin: string
  /** Host and port, for messages. */
  readonly host: string
  /** The value of `Proxy-Authorization`. */
  readonly authorization: Redacted.Redacted | undefined
}

/** `HTTPS_PROXY` cannot be used. Nothing of its value is told, since it may hold a password. */
export class InvalidProxy extends Schema.TaggedError<InvalidProxy>()("InvalidProxy", {
  /** `HTTPS_PROXY` or `https_proxy`. */
  setting: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `${this.setting}: ${this.reason}.`
  }
}

/** The proxy for this address; undefined where none is set, or the address is to be reached without one. */
export const proxyFor = Effect.fnUntraced(function* (
  url: BaseUrl,
): Effect.fn.Return<Proxy | undefined, InvalidProxy> {
  const sources = yield* settingSources
  const set = yield* readable(findSetting(sources, proxyNames), proxyNames)
  const exempt = yield* readable(findSetting(sources, noProxyNames), noProxyNames)
  if (set === undefined) return undefined
  if (!needsProxy(url.origin, exempt === undefined ? "" : Redacted.value(exempt.value))) return undefined
  return yield* Effect.fromResult(parseProxy(set.name, Redacted.value(set.value)))
})

export const proxyNames = ["https_proxy", "HTTPS_PROXY"]
const noProxyNames = ["no_proxy", "NO_PROXY"]

const readable = <A>(found: Effect.Effect<A, unknown>, names: ReadonlyArray<string>) =>
  Effect.mapError(
    found,
    () =>
      new InvalidProxy({ setting: names.at(-1)!, reason: "it cannot be read; set it to one line of text" }),
  )

/**
 * Whether an address is reached through a proxy. Plain http is not, since it is for loopback only; neither is this machine
 * itself over https. `noProxy` names the hosts that are reached without one, with commas or blanks between them: a name
 * stands for itself and all names below it, with or without a dot or `*.` before it; `*` for all; `host:443` for one port.
 */
export const needsProxy = (origin: string, noProxy: string): boolean => {
  const { protocol, hostname, port } = new URL(origin)
  if (protocol !== "https:" || isLoopback(hostname)) return false
  const host = plainHost(hostname)
  return !noProxy
    .split(/[,\s]+/)
    .filter((entry) => entry !== "")
    .some((entry) => covers(entry, host, port === "" ? "443" : port))
}

const covers = (entry: string, host: string, port: string): boolean => {
  // An IPv6 address holds colons of its own: only in brackets can a port follow it.
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry)
  const name = plainHost((parts?.[1] ?? entry).replace(/^\*?\.(?=.)/, ""))
  if (parts?.[2] !== undefined && parts[2] !== port) return false
  return name === "*" || host === name || (name !== "" && isIP(host) === 0 && host.endsWith(`.${name}`))
}

/** In lower case, without the brackets of an IPv6 address and the dot that ends a whole name. */
const plainHost = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/(?<=.)\.$/, "")

/** Reads a proxy's address: `http://name:password@host:port`, of which scheme, name and password may be left out. */
export const parseProxy = (setting: string, text: string): Result.Result<Proxy, InvalidProxy> => {
  const refuse = (reason: string) => Result.fail(new InvalidProxy({ setting, reason }))
  const trimmed = text.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`)
  if (url === null || url.hostname === "") {
    return refuse(
      "it is no address; give one like http://proxy.example.com:3128, special characters in a password percent-encoded",
    )
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return refuse("only proxies with http:// or https:// are supported; give the address of such a one")
  }
  const login = loginOf(url)
  if (login === undefined) return refuse("a % in its name or password is not written as %25")
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port
  return Result.succeed({
    origin: url.origin,
    host: `${url.hostname}:${port}`,
    authorization:
      login === ":"
        ? undefined
        : Redacted.make(`Basic ${Buffer.from(login, "utf8").toString("base64")}`, { label: "proxy login" }),
  })
}

const loginOf = (url: URL): string | undefined => {
  try {
    return `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  } catch {
    return undefined
  }
}
