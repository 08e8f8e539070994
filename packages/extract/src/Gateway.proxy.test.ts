/** The way through a proxy: real tunnels and real TLS on loopback, to a name that no one could look up. */
import { Effect, Exit, Layer, Logger, References, Result } from "effect"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { getCACertificates, setDefaultCACertificates } from "node:tls"
import { inspect } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Gateway } from "./Gateway.ts"
import type { ConnectProxyOptions } from "./connectProxy.fixture.ts"
import { startConnectProxy, startTlsFront } from "./connectProxy.fixture.ts"
import { parseProxy } from "./Proxy.ts"
import {
  answerPage,
  firstPage,
  gatewayLayer,
  runTest,
  startScriptedGateway,
} from "./scriptedGateway.fixture.ts"
import { certificate } from "./selfMadeCertificate.fixture.ts"

const known = getCACertificates("default")
beforeAll(() => setDefaultCACertificates([...known, certificate]))
afterAll(() => setDefaultCACertificates(known))

const proxyAt = (url: string) => Result.getOrThrow(parseProxy("HTTPS_PROXY", url))

const ask = Effect.gen(function* () {
  return yield* (yield* Gateway).statusPage(firstPage)
})

/** A gateway behind TLS, a proxy before it, and what asking it through `http://LOGIN@proxy` comes to. */
const askThrough = (login: string, options: Partial<ConnectProxyOptions> = {}, times = 1) =>
  Effect.gen(function* () {
    const server = yield* startScriptedGateway((_, response) => answerPage(response))
    const front = yield* Effect.acquireRelease(
      Effect.promise(() => startTlsFront(server.baseUrl)),
      (front) => Effect.promise(front.close),
    )
    const proxy = yield* Effect.acquireRelease(
      Effect.promise(() => startConnectProxy({ targetPort: front.port, ...options })),
      (proxy) => Effect.promise(proxy.close),
    )
    const shown: Array<string> = []
    const exit = yield* Effect.all(
      Array.from({ length: times }, () => ask),
      { concurrency: "unbounded" },
    ).pipe(
      Effect.exit,
      Effect.provide(
        Layer.provideMerge(
          gatewayLayer("https://gateway.example.test", {
            proxy: proxyAt(proxy.url.replace("//", `//${login}`)),
            attemptTimeoutMs: 2_000,
          }),
          Layer.mergeAll(
            Logger.layer([Logger.make(({ message }) => void shown.push(String(message)))]),
            Layer.succeed(References.MinimumLogLevel, "All"),
          ),
        ),
      ),
    )
    shown.push(inspect(exit, { depth: 9 }))
    const failure = Result.getOrUndefined(Exit.findError(exit))
    return { exit, failure, shown: shown.join("\n"), seen: server.seen, proxy, versions: front.versions }
  })

describe("through a proxy", () => {
  it("requests come to the gateway signed, over a few tunnels, by HTTP/1.1", () =>
    runTest(
      Effect.gen(function* () {
        const { exit, seen, proxy, versions } = yield* askThrough("", {}, 40)
        expect(Exit.isSuccess(exit)).toBe(true)
        expect(seen.map((asked) => asked.isSigned)).toEqual(Array.from({ length: 40 }, () => true))
        expect(new Set(proxy.asked)).toEqual(new Set(["gateway.example.test:443"]))
        expect(proxy.asked.length).toBeLessThanOrEqual(8)
        expect(proxy.plain).toEqual([])
        expect([...versions]).toEqual(["1.1"])
      }),
    ))

  it("that wants name and password, they are given to it, and to nobody else", () =>
    runTest(
      Effect.gen(function* () {
        const { exit, seen, shown } = yield* askThrough("us%40er:hunter2@", { login: "us@er:hunter2" })
        expect(Exit.isSuccess(exit)).toBe(true)
        expect(seen).toHaveLength(1)
        expect(shown).not.toContain("hunter2")
      }),
    ))

  it.each([
    ["none", ""],
    ["wrong ones", "user:hunter3@"],
  ])("that wants name and password and gets %s, it is said at once what to do", (_, login) =>
    runTest(
      Effect.gen(function* () {
        const { failure, shown, seen, proxy } = yield* askThrough(login, { login: "user:hunter2" })
        const { host } = new URL(proxy.url)
        expect(failure).toMatchObject({ _tag: "NetworkFailed", proxy: host, transient: false })
        expect(failure?.message).toBe(
          `No answer from gateway.example.test through the proxy ${host}: the proxy wants a name and password, or does not accept those that it got (HTTP 407). Put the right ones into HTTPS_PROXY, as in http://NAME:PASSWORD@HOST:PORT, special characters percent-encoded.`,
        )
        expect(proxy.asked).toHaveLength(1)
        expect(seen).toEqual([])
        expect(shown).not.toContain("hunter3")
        expect(shown).not.toContain(Buffer.from("user:hunter3").toString("base64"))
      }),
    ),
  )

  it.each([
    [403, 1, "the proxy does not let us through to this host (HTTP 403)"],
    [502, 4, "the proxy could not reach it (HTTP 502)"],
    [500, 4, "the proxy does not make the connection (HTTP 500)"],
  ])("that answers %i, is asked %i times, and then named", (status, times, said) =>
    runTest(
      Effect.gen(function* () {
        const { failure, proxy } = yield* askThrough("", { status: () => status })
        expect(failure?.message).toContain(`through the proxy ${new URL(proxy.url).host}: ${said}`)
        expect(failure?.message).toContain(
          "Check HTTPS_PROXY; a host that is to be reached without a proxy is named in NO_PROXY.",
        )
        expect(proxy.asked).toHaveLength(times)
      }),
    ),
  )

  it("that fails for a moment, requests are sent again", () =>
    runTest(
      Effect.gen(function* () {
        const { exit, seen } = yield* askThrough("", { status: (asked) => (asked <= 2 ? 503 : 200) })
        expect(Exit.isSuccess(exit)).toBe(true)
        expect(seen).toHaveLength(1)
      }),
    ))

  it("that nothing listens at, the proxy is named rather than the gateway", () =>
    runTest(
      Effect.gen(function* () {
        const port = yield* Effect.promise(freePort)
        const failure = yield* Effect.flip(ask).pipe(
          Effect.provide(
            gatewayLayer("https://gateway.example.test", {
              proxy: proxyAt(`http://user:hunter2@127.0.0.1:${port}`),
            }),
          ),
        )
        expect(failure.message).toBe(
          `No answer from gateway.example.test through the proxy 127.0.0.1:${port}: the proxy cannot be reached: nothing listens there (ECONNREFUSED). Check HTTPS_PROXY; a host that is to be reached without a proxy is named in NO_PROXY.`,
        )
      }),
    ))

  it("that says nothing, we give up in time, and it is named", () =>
    runTest(
      Effect.gen(function* () {
        const silent = createServer(() => {})
        yield* Effect.acquireRelease(
          Effect.promise(
            () => new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", () => resolve())),
          ),
          () => Effect.sync(() => silent.close()),
        )
        const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`
        const failure = yield* Effect.flip(ask).pipe(
          Effect.provide(
            gatewayLayer("https://gateway.example.test", {
              proxy: proxyAt(`http://${host}`),
              attemptTimeoutMs: 200,
            }),
          ),
        )
        expect(failure).toMatchObject({ _tag: "NetworkFailed", code: "TIMEOUT", proxy: host })
        expect(failure.message).toContain(`through the proxy ${host}`)
      }),
    ))

  it("that opens TLS with a certificate of its own, it is said how to accept that", () =>
    runTest(
      Effect.gen(function* () {
        setDefaultCACertificates(known)
        const { failure } = yield* askThrough("").pipe(
          Effect.ensuring(Effect.sync(() => setDefaultCACertificates([...known, certificate]))),
        )
        expect(failure).toMatchObject({ _tag: "NetworkFailed", transient: false })
        expect(failure?.message).toContain("NODE_EXTRA_CA_CERTS")
      }),
    ))
})

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
