/**
 * `pnpm pictures`: records docs/pictures anew, at terminals of 80 and of 140 columns: the program, with a simulated gateway
 * and a home of their own, by a clock that always begins at the same moment. Only the times that things take are those of
 * the machine. Needs tmux.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import { aheadBy } from "./atTime.fixture.ts"
import { bundleProgram } from "./bundleProgram.ts"
import { screenSvg } from "./screenSvg.fixture.ts"
import { prompt, TmuxTerminal } from "./TmuxTerminal.fixture.ts"

const folder = join(import.meta.dirname, "../../../docs/pictures")
const now = Date.parse("2026-08-09T10:00:00+09:00")
const port = 18_080

const world: Partial<SimulatorOptions> = {
  ...{ seed: 8, firstDay: "2026-06-01", days: 70, rowsPerDay: 900, slowDay: null, stuckShare: 0.00005 },
  // A day that cannot be proven where pages are small and in another order each time.
  bulkUploads: [{ day: 65, atMs: 50_000_000, rows: 250 }],
  ...{ hugeShare: 0, generation: "mixed", looseness: 0.0005, now, clock: "ticking", port },
}

/** What is done before the pictures of `status`, so that there is something to be seen. */
const past = ["backfill --from 2026-06-10 --to 2026-07-06", "backfill --from 2026-07-08 --to 2026-08-05"]

const unprovable = { order: "reshuffled", pageCap: 200, faults: 0 } as const
const calm = { order: "requestTimeDesc", pageCap: null, latencyMs: 0, faults: 0 } as const
const slow = { latencyMs: 150, pageCap: 300, faults: 0.01 } as const

const recordAt = async (columns: number, simulator: RunningSimulator, program: string): Promise<void> => {
  const home = mkdtempSync(join(tmpdir(), "pictures-"))
  mkdirSync(join(home, "bin"))
  const started = join(home, "bin", "vodstation-etl")
  writeFileSync(started, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, { mode: 0o755 })
  const terminal = new TmuxTerminal(columns, home, {
    ...{ HOME: home, LANG: "C.UTF-8", PATH: `${join(home, "bin")}:${process.env["PATH"]}` },
    ...{ VODSTATION_BASE_URL: simulator.baseUrl, ...aheadBy(now - Date.now()) },
    ...{ NCLOUD_ACCESS_KEY_ID: simulator.accessKey, NCLOUD_SECRET_ACCESS_KEY: simulator.secretKey },
  })
  const save = async (name: string, shown: string, title: string) => {
    writeFileSync(join(folder, `${name}-${columns}.svg`), await screenSvg(shown, columns, title))
    console.log(`${name}-${columns}.svg`)
  }
  const fresh = async () => {
    terminal.clear()
    await terminal.until((text) => text === prompt.trimEnd())
  }
  /** Without the prompt that waits for more. */
  const shown = () => terminal.shown().split("\n").slice(0, -1).join("\n")

  try {
    await terminal.until((text) => text.endsWith(prompt.trimEnd()))
    await fresh()
    await terminal.run("vodstation-etl demo")
    await save("demo", untilSecondTable(shown()), "vodstation-etl demo")
    await save("demo-whole", shown(), "vodstation-etl demo, all of it")

    for (const line of past) await terminal.run(`vodstation-etl ${line}`)
    await fresh()
    await terminal.run("vodstation-etl doctor")
    await save("doctor", shown(), "vodstation-etl doctor")

    simulator.setOptions(unprovable)
    await fresh()
    await terminal.run("vodstation-etl backfill --from 2026-08-04 --to 2026-08-07")
    await terminal.run("echo $?")
    await save("failing", shown(), "vodstation-etl backfill, where days cannot be proven")
    simulator.setOptions(calm)

    await terminal.run("vodstation-etl backfill --from 2026-08-07")
    await fresh()
    await terminal.run("vodstation-etl status")
    await save("status", shown(), "vodstation-etl status")

    simulator.setOptions(slow)
    await fresh()
    terminal.type("vodstation-etl backfill --from -60d --archive csv --out ./archive")
    const progress = await terminal.until((text) => /\b(1[2-9]|2\d) of \d+ days/.test(text))
    await save("progress", progress, "vodstation-etl backfill, on its way")
    terminal.interrupt()
    await terminal.untilPrompt(1)
    await terminal.run("echo $?")
    await save("interrupted", shown(), "vodstation-etl backfill, stopped by Ctrl-C")
    simulator.setOptions(calm)
  } finally {
    terminal.close()
    // Its Postgres may still be about to stop.
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  }
}

/** What a reader of README.md sees first: the run, and the first answer. */
const untilSecondTable = (text: string): string => {
  const lines = text.split("\n")
  const end = lines.findIndex((line) => line.startsWith("└"))
  return lines.slice(0, end + 1).join("\n")
}

const record = Effect.gen(function* () {
  const bundled = join(import.meta.dirname, "..", "dist", `pictures-${process.pid}`)
  yield* Effect.acquireRelease(
    Effect.promise(() => bundleProgram(bundled)),
    () => Effect.sync(() => rmSync(bundled, { recursive: true, force: true })),
  )
  for (const columns of [80, 140]) {
    yield* Effect.scoped(
      Effect.flatMap(startSimulator(world), (simulator) =>
        Effect.promise(() => recordAt(columns, simulator, join(bundled, "main.js"))),
      ),
    )
  }
})

mkdirSync(folder, { recursive: true })
await Effect.runPromise(Effect.scoped(record))
