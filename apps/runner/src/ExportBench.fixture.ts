/** For tests of `export`: three days in both kinds of archive, and the command as its user runs it. */
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { expect } from "vitest"
import type { ProgramRun } from "./runProgram.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"

/** On each of the days. */
export const rowsPerDay = 20

export interface ExportBench extends Workbench {
  /** The folder of the CSV archive; the other one is the schema's. */
  readonly csvArchive: string
  /** Runs `export`. */
  readonly run: (...args: ReadonlyArray<string>) => Promise<ProgramRun>
  /** A folder of its own, to see what is left in it. */
  readonly freshFolder: (name: string) => string
}

/** @param csvFlags with which the CSV archive is made */
export const openExportBench = async (
  schema: string,
  firstDay: string,
  csvFlags: ReadonlyArray<string> = [],
): Promise<ExportBench> => {
  const bench = await openWorkbench({ firstDay, days: 3, rowsPerDay, stuckShare: 0 })
  const csvArchive = join(bench.home, "archive")
  const env = bench.environment(schema)
  const range = ["--from", firstDay, "--to", addDays(firstDay, 3)]
  const runs = [
    await runProgram(["backfill", ...range], { env }),
    await runProgram(["backfill", ...range, "--archive", "csv", "--out", csvArchive, ...csvFlags], { env }),
  ]
  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  return {
    ...bench,
    csvArchive,
    run: (...args) => runProgram(["export", ...args], { env }),
    freshFolder: (name) => {
      const folder = join(bench.home, name)
      mkdirSync(folder)
      return folder
    },
  }
}
