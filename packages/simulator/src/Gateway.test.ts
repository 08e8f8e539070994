import { connect } from "node:net"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { errorOfFault, faultKinds, type FaultKind, transportFaults } from "./FaultKind.ts"
import { runScoped } from "./runScoped.ts"
import { signedGet, type PlainAnswer } from "./signedGet.ts"
import { type RunningSimulator, startSimulator } from "./Simulator.ts"
import type { SimulatorOptions } from "./SimulatorOptions.ts"

const NOW = Date.parse("2025-09-05T12:00:00+09:00")
const small: Partial<SimulatorOptions> = { firstDay: "2025-09-01", days: 1, rowsPerDay: 400, now: NOW }

/** The answer, or how it failed. */
const outcome = (simulator: RunningSimulator, timeoutMs = 400): Effect.Effect<PlainAnswer | string> =>
  Effect.promise(() =>
    signedGet("/api/v2/status?pageSizeNo=400", {
      ...simulator,
      timestamp: NOW + simulator.stats().requests,
      timeoutMs,
    }).catch((error: NodeJS.ErrnoException) => error.code ?? error.name),
  )

const withFault = (fault: FaultKind, options: Partial<SimulatorOptions> = {}) =>
  Effect.flatMap(startSimulator({ ...small, faultPlan: () => fault, ...options }), (simulator) =>
    outcome(simulator),
  )

const answered = (result: PlainAnswer | string): PlainAnswer => {
  if (typeof result === "string") throw new Error(`no answer: ${result}`)
  return result
}

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe("faults", () => {
  it.each(Object.entries(errorOfFault).map(([kind, { status, errorCode }]) => ({ kind, status, errorCode })))(
    "answers $kind with its status and code",
    ({ kind, status, errorCode }) =>
      runScoped(
        Effect.gen(function* () {
          const fault = faultKinds.find((known) => known === kind)!
          const answer = answered(yield* withFault(fault, { errorShapes: ["nested"] }))
          expect([status, 200]).toContain(answer.status)
          expect(JSON.parse(answer.text)).toMatchObject({ error: { errorCode } })
        }),
      ),
  )

  it("serves service errors both as 200 and as 5xx, in many shapes, always with the code", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({ ...small, faultPlan: () => "service260008" })
        const answers = yield* Effect.forEach(Array.from({ length: 60 }), () =>
          Effect.map(outcome(simulator), answered),
        )
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 500]))
        expect(answers.every(({ text }) => text.includes("260008"))).toBe(true)
        expect(new Set(answers.map(({ text }) => text)).size).toBe(9)
        expect(simulator.stats()).toMatchObject({ faults: { service260008: 60 }, answered: 0 })
      }),
    ))

  it("sends Retry-After with throttling only where it is told to", () =>
    runScoped(
      Effect.gen(function* () {
        expect(answered(yield* withFault("throttled")).headers["retry-after"]).toBeUndefined()
        expect(answered(yield* withFault("throttled", { retryAfterSeconds: 2 })).headers["retry-after"]).toBe(
          "2",
        )
        expect(
          answered(yield* withFault("unexpected", { retryAfterSeconds: 2 })).headers["retry-after"],
        ).toBeUndefined()
      }),
    ))

  it.each([
    ["html200", 200, /^<html>/],
    ["badGateway", 502, /^<html>/],
    ["emptyAnswer", 200, /^$/],
    ["cutJson", 200, /^\{"content":\[\{/],
    ["trailingComma", 200, /\},\],"total":400\}$/],
  ] as const)("answers %s completely, with what is no JSON", (fault, status, body) =>
    runScoped(
      Effect.gen(function* () {
        const answer = answered(yield* withFault(fault))
        expect(answer.status).toBe(status)
        expect(answer.text).toMatch(body)
        expect(parses(answer.text)).toBe(false)
      }),
    ),
  )

  it.each([
    ["cutBody", "ECONNRESET"],
    ["reset", "ECONNRESET"],
    ["resetInBody", "ECONNRESET"],
    ["stall", "TimeoutError"],
    ["stallInBody", "TimeoutError"],
  ] as const)("breaks off: %s", (fault, failure) =>
    runScoped(
      Effect.gen(function* () {
        const result = yield* withFault(fault)
        // A request that is given up is named differently before and within the answer.
        expect([failure, ...(failure === "TimeoutError" ? ["ABORT_ERR", 23] : [])]).toContain(result)
      }),
    ),
  )

  it("promises more than it sends where it cuts a body", () =>
    runScoped(
      Effect.gen(function* () {
        const raw = yield* Effect.gen(function* () {
          const simulator = yield* startSimulator({ ...small, faultPlan: () => "cutBody" })
          return yield* Effect.promise(() => rawAnswer(simulator))
        })
        const [head, body] = raw.split("\r\n\r\n")
        const promised = Number(/Content-Length: (\d+)/.exec(head!)![1])
        expect(Buffer.byteLength(body!)).toBe(Math.floor(promised / 2))
      }),
    ))

  it("is late where it is slow, and right", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({
          ...small,
          slowMs: 150,
          faultPlan: ({ number }) => (number === 1 ? "slow" : null),
        })
        const started = performance.now()
        const late = answered(yield* outcome(simulator, 5_000))
        expect(performance.now() - started).toBeGreaterThan(145)
        expect(late.text).toBe(answered(yield* outcome(simulator)).text)
      }),
    ))

  it("meets a share of requests by chance and still answers the others", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({ ...small, faults: 0.3, slowMs: 1 })
        const results = yield* Effect.forEach(Array.from({ length: 200 }), () => outcome(simulator, 5_000))
        const good = results.filter(
          (result) => typeof result !== "string" && result.status === 200 && parses(result.text),
        )
        const { answered, faults } = simulator.stats()
        const met = Object.values(faults).reduce((sum, count) => sum + count, 0)
        expect(met).toBeGreaterThan(40)
        expect(met).toBeLessThan(80)
        expect(Object.keys(faults).length).toBeGreaterThan(8)
        // Slow answers are right ones; service errors may parse.
        expect(answered).toBe(200 - met + (faults["slow"] ?? 0))
        expect(good.length).toBeGreaterThanOrEqual(answered)
      }),
    ))

  it("knows all kinds", () => {
    expect(new Set(faultKinds).size).toBe(Object.keys(errorOfFault).length + transportFaults.length)
  })
})

describe("limits", () => {
  it("throttles by rate", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({ ...small, requestsPerSecond: 5 })
        const results = yield* Effect.forEach(Array.from({ length: 12 }), () =>
          Effect.map(outcome(simulator), answered),
        )
        const throttled = results.filter(({ status, text }) => status === 429 && text.includes('"410"'))
        expect(throttled.length).toBeGreaterThanOrEqual(4)
        expect(simulator.stats().errors).toBe(throttled.length)
      }),
    ))

  it("throttles by how many are under way", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({ ...small, concurrentRequests: 3, latencyMs: 100 })
        const results = yield* Effect.promise(() =>
          Promise.all(
            Array.from({ length: 8 }, (_, index) =>
              signedGet("/api/v2/status", { ...simulator, timestamp: NOW + index }).then(
                ({ status }) => status,
              ),
            ),
          ),
        )
        expect(results.toSorted((a, b) => a - b)).toEqual([200, 200, 200, 429, 429, 429, 429, 429])
        expect(simulator.stats().mostAtOnce).toBe(8)
      }),
    ))

  it("has a quota that no waiting heals", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({ ...small, quotaAfterRequests: 2 })
        const results = yield* Effect.forEach(Array.from({ length: 4 }), () =>
          Effect.map(outcome(simulator), answered),
        )
        expect(results.map(({ status }) => status)).toEqual([200, 200, 429, 429])
        expect(results[2]!.text).toContain("400")
      }),
    ))

  it("takes its time", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({ ...small, latencyMs: 120 })
        const started = performance.now()
        yield* outcome(simulator)
        expect(performance.now() - started).toBeGreaterThan(115)
      }),
    ))
})

/** Everything that comes over the wire for one request, as text, until the connection closes. */
const rawAnswer = async (simulator: RunningSimulator): Promise<string> => {
  const { port } = new URL(simulator.baseUrl)
  const lines = await new Promise<Record<string, string>>((resolve) => {
    void signedGet("/api/v2/status?pageSizeNo=400", {
      ...simulator,
      timestamp: NOW + 50_000,
      headers: (signed) => {
        resolve(signed)
        return {}
      },
    }).catch(() => undefined)
  })
  return new Promise((resolve, reject) => {
    const chunks: Array<Buffer> = []
    const socket = connect(Number(port), "127.0.0.1", () => {
      const headers = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`GET /api/v2/status?pageSizeNo=400 HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers.join("")}\r\n`)
    })
    socket.on("data", (chunk: Buffer) => chunks.push(chunk))
    socket.once("close", () => resolve(Buffer.concat(chunks).toString("utf8")))
    socket.once("error", reject)
  })
}
