/** A collector that takes nothing: the run ends as it would have, soon, and says so in one line. */
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { startOtlpReceiver } from "./OtlpReceiver.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 4, rowsPerDay: 60 })
})
afterAll(() => bench.close())
afterEach(() => bench.simulator.setOptions({ refuseCredentials: false, latencyMs: 0 }))

const august = ["backfill", "--from", "2026-08-01", "--to", "2026-08-05", "--json"]

/** The one line about a collector that is not reached, at `place`. */
const notReached = (place: string, reason: string) =>
  new RegExp(
    `^warn: Not all telemetry reached ${place} \\(${reason}\\)\\. The run itself is not concerned; [^\\n]*\\n$`,
  )

/** Where a collector was, and is no longer. */
const closedPlace = async () => {
  const { url, close } = await startOtlpReceiver()
  await close()
  return url
}

describe("a collector", () => {
  /** How a run ended, and how many ms it took from its report to its end. */
  const ending = async (schema: string, env: Readonly<Record<string, string>>) => {
    let reportedAt = Infinity
    const { code, stdout, stderr } = await runProgram(august, {
      env: { ...bench.environment(schema), ...env },
      onStdout: () => {
        reportedAt = performance.now()
      },
    })
    return { ms: performance.now() - reportedAt, code, stderr, outcome: JSON.parse(stdout).outcome }
  }

  it("that is away, hangs, refuses or is full costs three seconds at most, and one line", async () => {
    const plain = await ending("undisturbed", {})
    expect([plain.code, plain.outcome, plain.stderr]).toEqual([0, "complete", ""])
    expect(plain.ms).toBeLessThan(1_000)
    const kinds = [
      ["away", undefined, "ECONNREFUSED"],
      ["hanging", "hang", "no answer in time"],
      ["refusing", 401, "HTTP 401"],
      ["full", 503, "HTTP 503"],
    ] as const
    await Promise.all(
      kinds.map(async ([schema, status, reason]) => {
        const other = status === undefined ? undefined : await startOtlpReceiver(status)
        try {
          const place = other?.url ?? (await closedPlace())
          const told = await ending(schema, { OTEL_EXPORTER_OTLP_ENDPOINT: place })
          expect([schema, told.code, told.outcome]).toEqual([schema, 0, "complete"])
          expect(told.stderr).toMatch(notReached(new URL(place).host, reason))
          expect(told.ms).toBeLessThan(3_500)
        } finally {
          await other?.close()
        }
      }),
    )
  })

  it("that is not there leaves an exit code of another kind as it is", async () => {
    bench.simulator.setOptions({ refuseCredentials: true })
    const env = { ...bench.environment("unreached"), OTEL_EXPORTER_OTLP_ENDPOINT: await closedPlace() }
    const { code, stderr } = await runProgram(august, { env })
    expect(code).toBe(3)
    expect(stderr).toMatch(
      /^warn: Not all telemetry reached [^\n]*\nvodstation-etl: The gateway refuses [^\n]*\n$/,
    )
  })

  it("is told of a run that is interrupted, and one that hangs holds it up no longer", async () => {
    bench.simulator.setOptions({ latencyMs: 100 })
    for (const status of ["slow", "hang"] as const) {
      const collector = await startOtlpReceiver(status)
      const before = bench.simulator.stats().requests
      const env = {
        ...bench.environment(`interrupted_${status}`),
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      }
      const program = startProgram([...august, "--page-size", "10", "--concurrency", "1"], env, bench.home)
      while (bench.simulator.stats().requests < before + 10) await delay(20)
      const stoppedAt = performance.now()
      program.kill("SIGINT")
      const { code, stdout, stderr } = await program.ended
      expect([code, JSON.parse(stdout).outcome]).toEqual([130, "interrupted"])
      expect(performance.now() - stoppedAt).toBeLessThan(4_500)
      const lost = notReached(new URL(collector.url).host, "no answer in time")
      expect(stderr).toMatch(status === "hang" ? lost : /^$/)
      const runs = collector.spans().filter(({ name }) => name === "run")
      expect(runs.map(({ attributes }) => attributes["outcome"])).toEqual(["interrupted"])
      await collector.close()
    }
  })
})
