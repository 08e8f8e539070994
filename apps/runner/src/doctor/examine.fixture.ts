/** Runs `doctor` for tests, and takes its report apart. */
import { expect } from "vitest"
import type { ProgramOptions } from "../runProgram.fixture.ts"
import { runProgram } from "../runProgram.fixture.ts"
import { openWorkbench } from "../Workbench.fixture.ts"
import type { Workbench } from "../Workbench.fixture.ts"

/** A name, and what is said of it. */
export type Line = readonly [string, string]

/** With a gateway that has a few days of encodings up to now: so many that a row is found at any time of the day. */
export const openDoctorBench = () =>
  openWorkbench({ days: 4, rowsPerDay: 6_000, clock: "ticking", now: Date.now() })

export const examine = async (
  bench: Workbench,
  options: ProgramOptions = {},
  flags: ReadonlyArray<string> = [],
) => {
  const run = await runProgram(["doctor", "--json", ...flags], {
    ...options,
    env: { ...bench.environment("doctor"), ...options.env },
  })
  expect(run.stderr).toBe("")
  const report = JSON.parse(run.stdout)
  expect(run.code).toBe(report.exitCode)
  const lines = (state: string): ReadonlyArray<Line> =>
    report.checks.flatMap((check: Record<string, string>) =>
      check["state"] === state ? [[check["name"], check["says"]]] : [],
    )
  return {
    code: run.code,
    report,
    failed: lines("failed"),
    warnings: lines("warning"),
    well: Object.fromEntries(lines("ok")),
  }
}

/** `host:port/database`. */
export const placeOf = (bench: Workbench): string => bench.databaseUrl.replace(/^.*@/, "")
