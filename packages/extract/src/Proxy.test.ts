/** `HTTPS_PROXY` and `NO_PROXY`: what they mean, and that a password in them is never told. */
import { ConfigProvider, Effect, Exit, Redacted, Result } from "effect"
import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import { needsProxy, parseProxy, proxyFor } from "./Proxy.ts"
import { parseBaseUrl } from "./baseUrl.ts"

const gateway = "https://vodstation.apigw.ntruss.com"

const chosen = (env: Record<string, string>, address = gateway) =>
  Effect.runSyncExit(
    proxyFor(Result.getOrThrow(parseBaseUrl(address))).pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env })),
    ),
  )

const hostOf = (env: Record<string, string>, address?: string) =>
  Exit.match(chosen(env, address), {
    onSuccess: (proxy) => proxy?.host,
    onFailure: (cause) => `failed: ${String(cause)}`,
  })

describe("the proxy", () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ["is none unless it is set", {}, undefined],
    ["is none where it is set to nothing", { HTTPS_PROXY: "" }, undefined],
    ["is HTTPS_PROXY", { HTTPS_PROXY: "http://p:3128" }, "p:3128"],
    [
      "is https_proxy rather than HTTPS_PROXY",
      { HTTPS_PROXY: "http://a:1", https_proxy: "http://b:2" },
      "b:2",
    ],
    [
      "is HTTPS_PROXY where https_proxy is set to nothing",
      { HTTPS_PROXY: "http://a:1", https_proxy: "" },
      "a:1",
    ],
    ["may be told without a scheme", { HTTPS_PROXY: "proxy.corp:3128" }, "proxy.corp:3128"],
    ["may be told without a port", { HTTPS_PROXY: "http://proxy.corp" }, "proxy.corp:80"],
    ["may be reached by TLS itself", { HTTPS_PROXY: "https://proxy.corp/" }, "proxy.corp:443"],
    ["is not HTTP_PROXY", { HTTP_PROXY: "http://p:3128", http_proxy: "http://p:3128" }, undefined],
    ["is none for a host in NO_PROXY", { HTTPS_PROXY: "http://p:1", NO_PROXY: "a,.ntruss.com" }, undefined],
    [
      "is none for a host in no_proxy rather than NO_PROXY",
      { HTTPS_PROXY: "http://p:1", NO_PROXY: "a", no_proxy: "*" },
      undefined,
    ],
    ["is there for hosts that are not", { HTTPS_PROXY: "http://p:1", NO_PROXY: "apigw.ntruss" }, "p:1"],
  ])("%s", (_, env, host) => {
    expect(hostOf(env)).toBe(host)
  })

  it.each(["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080", "https://localhost:8443"])(
    "is never between us and this machine: %s",
    (address) => {
      const all = { HTTPS_PROXY: "http://p:1", HTTP_PROXY: "http://p:1", http_proxy: "http://p:1" }
      expect(hostOf(all, address)).toBeUndefined()
    },
  )

  it("gets name and password, percent-encoded in the address, in a header of its own", () => {
    const proxy = Result.getOrThrow(parseProxy("HTTPS_PROXY", "http://na%40me:p%3Ass@p:1"))
    expect(proxy.origin).toBe("http://p:1")
    const header = Redacted.value(proxy.authorization!)
    expect(Buffer.from(header.slice("Basic ".length), "base64").toString()).toBe("na@me:p:ss")
  })

  it.each([
    ["what is no address", "http://user:hunter2@", "it is no address"],
    ["a password that is not encoded", "http://user:hunter2#x@p:1", "it is no address"],
    ["a % on its own", "http://user:hunter2%@p:1", "%25"],
    ["SOCKS", "socks5://user:hunter2@p:1", "only proxies with http:// or https://"],
  ])("is refused, and its password not told: %s", (_, text, reason) => {
    const exit = chosen({ HTTPS_PROXY: text })
    const shown = `${inspect(exit, { depth: 9 })} ${String(Result.getOrUndefined(Exit.findError(exit)))}`
    expect(shown).toContain("InvalidProxy")
    expect(shown).toContain(reason)
    expect(shown).toContain("HTTPS_PROXY")
    expect(shown).not.toContain("hunter2")
  })

  it("does not tell its password when it is printed", () => {
    const proxy = Result.getOrThrow(parseProxy("HTTPS_PROXY", "http://user:hunter2@p:1"))
    const encoded = Buffer.from("user:hunter2").toString("base64")
    for (const text of [inspect(proxy, { depth: 9 }), JSON.stringify(proxy), inspect(proxy.authorization)]) {
      expect(text).not.toContain("hunter2")
      expect(text).not.toContain(encoded)
    }
  })
})

describe("NO_PROXY", () => {
  it.each([
    ["", true],
    ["vodstation.apigw.ntruss.com", false],
    ["VODSTATION.apigw.NTRUSS.com", false],
    ["vodstation.apigw.ntruss.com.", false],
    ["ntruss.com", false],
    [".ntruss.com", false],
    ["*.ntruss.com", false],
    ["com", false],
    ["russ.com", true],
    ["*russ.com", true],
    ["other.ntruss.com", true],
    ["a.vodstation.apigw.ntruss.com", true],
    ["*", false],
    ["a, b ,ntruss.com", false],
    ["a b ntruss.com", false],
    [",, ,", true],
    [".", true],
    ["ntruss.com:443", false],
    ["ntruss.com:8443", true],
    ["*:443", false],
    ["*:80", true],
    ["10.0.0.0", true],
  ])("%j: through the proxy is %j", (noProxy, through) => {
    expect(needsProxy(gateway, noProxy)).toBe(through)
  })

  it.each([
    ["https://gateway.example.test:8443", "example.test:8443", false],
    ["https://gateway.example.test:8443", "example.test:443", true],
    ["https://[2001:db8::1]", "2001:db8::1", false],
    ["https://[2001:db8::1]", "[2001:db8::1]:443", false],
    ["https://[2001:db8::1]", "[2001:db8::1]:80", true],
    ["https://192.0.2.7", "192.0.2.7", false],
    ["https://192.0.2.7", "2.7", true],
  ])("for %s, %j: through the proxy is %j", (address, noProxy, through) => {
    expect(needsProxy(address, noProxy)).toBe(through)
  })
})
