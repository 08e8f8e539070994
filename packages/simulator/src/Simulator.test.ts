import { Agent, request } from "node:http"
import { Effect, Exit, Scope } from "effect"
import { describe, expect, it } from "vitest"
import { errorOf, get, page } from "./askSimulator.ts"
import { runScoped } from "./runScoped.ts"
import { signedGet } from "./signedGet.ts"
import { startSimulator } from "./Simulator.ts"
import type { SimulatorOptions } from "./SimulatorOptions.ts"

const NOW = Date.parse("2025-09-05T12:00:00.750+09:00")

const small: Partial<SimulatorOptions> = { firstDay: "2025-09-01", days: 3, rowsPerDay: 95, now: NOW }

describe("a running simulator", () => {
  it("answers with the documented headers, and keeps the connection", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const agent = new Agent({ keepAlive: true, maxSockets: 1 })
        const ask = (timestamp: number) =>
          Effect.promise(() =>
            signedGet("/api/v2/status?pageNo=1&pageSizeNo=10", { ...simulator, timestamp, agent }),
          )
        const { headers } = yield* ask(NOW)
        expect(headers).toMatchObject({
          date: "Fri, 05 Sep 2025 03:00:00 GMT",
          "content-type": "application/json;charset=utf-8",
          connection: "keep-alive",
        })
        expect(headers["x-ncp-trace-id"]).toMatch(/^[a-z0-9]{26}$/)
        const again = yield* ask(NOW + 1)
        expect(again.headers["x-ncp-trace-id"]).not.toBe(headers["x-ncp-trace-id"])
        agent.destroy()
        simulator.setOptions({ contentType: "text/plain;charset=UTF-8" })
        expect((yield* get(simulator, "/api/v2/status")).headers["content-type"]).toBe(
          "text/plain;charset=UTF-8",
        )
      }),
    ))

  it("refuses what is not signed well, with the measured details", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const target = "/api/v2/status"
        const missing = [401, "200", "Authentication information are missing."]
        const invalid = [401, "200", "Invalid authentication information."]
        const refused = (changes: Partial<Parameters<typeof signedGet>[1]>) =>
          Effect.map(
            Effect.promise(() => signedGet(target, { ...simulator, timestamp: NOW, ...changes })),
            errorOf,
          )
        expect(yield* refused({ headers: () => ({}) })).toEqual(missing)
        expect(yield* refused({ secretKey: "wrong" })).toEqual(invalid)
        expect(yield* refused({ timestamp: NOW + 301_000 })).toEqual(invalid)
        expect(
          (yield* Effect.promise(() => signedGet(target, { ...simulator, timestamp: NOW }))).status,
        ).toBe(200)
        expect(yield* refused({})).toEqual(invalid)
        expect(simulator.stats()).toMatchObject({ requests: 5, refused: 4, answered: 1 })
      }),
    ))

  it("checks the target as it came: the client's own order and encoding", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        for (const target of [
          "/api/v2/status?",
          "/api/v2/status?pageSizeNo=10&&pageNo=1",
          "/api/v2/status?x=%ED%95%9C+a%2bb",
        ]) {
          expect((yield* get(simulator, target)).status).toBe(200)
        }
        expect(simulator.stats().targets[1]).toBe("/api/v2/status?pageSizeNo=10&&pageNo=1")
      }),
    ))

  it("lets a test change the world between two pages", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({
          ...small,
          onRequest: ({ pageNo }) => {
            if (pageNo === 2) simulator.world.rows.add({ requestTimeMs: NOW - 120_000, filePath: "/new.mp4" })
          },
        })
        const first = yield* page(simulator, "?pageNo=1&pageSizeNo=20")
        const second = yield* page(simulator, "?pageNo=2&pageSizeNo=20")
        expect([first.total, second.total]).toEqual([285, 286])
        expect(second.content[0]).toEqual(first.content[19])
      }),
    ))

  it("does not know other paths and methods", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        expect(errorOf(yield* get(simulator, "/api/v2/channels"))).toEqual([404, "300"])
        const posted = yield* Effect.promise(() =>
          signedGet("/api/v2/status", { ...simulator, timestamp: NOW, method: "POST" }),
        )
        expect(errorOf(posted)).toEqual([404, "300"])
      }),
    ))

  it("takes temporary keys, one after the other", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({
          ...small,
          credentials: [{ accessKey: "TEMPORARY1", secretKey: "one", expiresAfterRequests: 1 }],
        })
        expect((yield* get(simulator, "/api/v2/status")).status).toBe(200)
        expect((yield* get(simulator, "/api/v2/status")).status).toBe(401)
        simulator.addKey({ accessKey: "TEMPORARY2", secretKey: "two" })
        const renewed = { ...simulator, accessKey: "TEMPORARY2", secretKey: "two" }
        expect((yield* get(renewed, "/api/v2/status")).status).toBe(200)
        simulator.removeKey("TEMPORARY2")
        expect((yield* get(renewed, "/api/v2/status")).status).toBe(401)
      }),
    ))

  it("runs beside others, each with its own world and port", () =>
    runScoped(
      Effect.gen(function* () {
        const [a, b] = yield* Effect.all([startSimulator(small), startSimulator({ ...small, rowsPerDay: 7 })])
        expect(a.baseUrl).not.toBe(b.baseUrl)
        expect([(yield* page(a, "")).total, (yield* page(b, "")).total]).toEqual([285, 21])
        const taken = yield* Effect.exit(startSimulator({ ...small, port: Number(new URL(a.baseUrl).port) }))
        expect(Exit.isFailure(taken) && String(taken.cause)).toMatch(/EADDRINUSE/)
        const senseless = yield* Effect.exit(startSimulator({ zone: "Mars/Base" }))
        expect(Exit.isFailure(senseless) && String(senseless.cause)).toMatch(/InvalidOptions|time zone/)
      }),
    ))

  it("ends at once with its scope, whatever is under way", () =>
    runScoped(
      Effect.gen(function* () {
        const scope = yield* Scope.make()
        const simulator = yield* Scope.provide(startSimulator({ ...small, latencyMs: 60_000 }), scope)
        const hanging = signedGet("/api/v2/status", { ...simulator, timestamp: NOW }).then(
          () => "answered",
          () => "cut off",
        )
        const idle = new Promise<string>((resolve) => {
          const { hostname, port } = new URL(simulator.baseUrl)
          request({ hostname, port, path: "/" }, () => resolve("answered"))
            .once("error", () => resolve("cut off"))
            .flushHeaders()
        })
        while (simulator.stats().requests < 1) yield* Effect.sleep(5)
        const started = performance.now()
        yield* Scope.close(scope, Exit.void)
        expect(performance.now() - started).toBeLessThan(1_000)
        expect(yield* Effect.promise(() => Promise.all([hanging, idle]))).toEqual(["cut off", "cut off"])
      }),
    ))
})
