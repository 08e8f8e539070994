/** A mistake of an operator: what they did, what they are told, and a way to make it and see what it touched. */
import { join } from "node:path"
import { runProgram } from "./runProgram.fixture.ts"
import { contentsOf } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

export interface Mistake {
  readonly it: string
  /** What comes after `backfill --from 2026-08-01 --to 2026-08-04`. */
  readonly flags?: ReadonlyArray<string>
  /** The whole command line, where it is another one. */
  readonly args?: ReadonlyArray<string>
  /** Changes to a right environment; undefined unsets. */
  readonly env?: () => Readonly<Record<string, string | undefined>>
  /** Makes what the operator finds there. */
  readonly given?: () => void | Promise<void>
  /**
   * The line, without the program's name before it and the error's name after it. DATABASE, FOLDER and HOST stand for where
   * those are.
   */
  readonly says: string
}

export const usualLine = ["backfill", "--from", "2026-08-01", "--to", "2026-08-04"]

/** The folder that `FOLDER` stands for. */
export const folderOf = (bench: Workbench) => join(bench.home, "folder")

/** What the operator got to see, and what the run did besides; to be compared with `isRefused`. */
export const make = async (bench: Workbench, mistake: Mistake) => {
  await mistake.given?.()
  const wanted: Record<string, string | undefined> = {
    ...bench.environment("unused"),
    ...mistake.env?.(),
  }
  const env = Object.fromEntries(
    Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const before = await everythingWritten(bench)
  const asked = bench.simulator.stats().requests
  const line = mistake.args ?? [...usualLine, ...(mistake.flags ?? [])]
  const run = await runProgram(
    line.map((arg) => arg.replace("FOLDER", folderOf(bench))),
    { env },
  )
  const after = await everythingWritten(bench)
  return {
    ...withoutName(withoutPlaces(bench, run.stderr)),
    stdout: run.stdout,
    code: run.code,
    requests: bench.simulator.stats().requests - asked,
    written: after === before ? "nothing" : { before, after },
  }
}

/** What every mistake comes to. */
export const isRefused = (mistake: Mistake) => ({
  stderr: `vodstation-etl: ${mistake.says}\n`,
  isNamed: true,
  stdout: "",
  code: 2,
  requests: 0,
  written: "nothing",
})

/** That each name is told of in docs/errors.md is seen elsewhere (`errorsPage.test.ts`). */
const withoutName = (line: string) => ({
  stderr: line.replace(/ \[[A-Z]\w+\]\n$/, "\n"),
  isNamed: / \[[A-Z]\w+\]\n$/.test(line),
})

/** All that a run could have written to, as text. */
const everythingWritten = async (bench: Workbench): Promise<string> =>
  JSON.stringify({
    folder: contentsOf(folderOf(bench)),
    schemas: await bench.select(
      "public",
      "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY nspname",
    ),
    archive: (await bench.schemaExists("archive"))
      ? await bench.select(
          "archive",
          `SELECT name, value FROM archive_setting UNION ALL SELECT 'migration', name FROM archive_migration
           UNION ALL SELECT 'runs', count(*)::text FROM extraction_run
           UNION ALL SELECT 'days', count(*)::text FROM extraction_day ORDER BY 1, 2`,
        )
      : undefined,
  })

const withoutPlaces = (bench: Workbench, text: string) => {
  const { host, pathname } = new URL(bench.databaseUrl)
  return text
    .replaceAll(folderOf(bench), "FOLDER")
    .replaceAll(`${host}${pathname}`, "DATABASE")
    .replaceAll(host, "HOST")
    .replace(/since \d{4}-\d\d-\d\dT[\d:.]+Z/, "since SINCE")
}
