/** For tests: does what docs/backup.md says, word for word, with the program by its name, in a folder of its own. */
import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { expect } from "vitest"
import { emptyEnvironment, programUnderTest, runProgram } from "./runProgram.fixture.ts"

const page = readFileSync(join(import.meta.dirname, "../../../docs/backup.md"), "utf8")

/** The shell commands of the page that begin with the comment `# NAME`. */
const commands = (name: string): string => {
  const found = [...page.matchAll(/```sh\n# (\S+)\n([\s\S]*?)```/g)].find((block) => block[1] === name)
  return found![2]!
}

export interface BackupFolder {
  readonly folder: string
  /** Runs the page's commands `name` in the folder, each of which must succeed; gives what they print. */
  readonly follow: (name: string, env: Readonly<Record<string, string>>) => string
  readonly remove: () => void
}

export const openBackupFolder = (): BackupFolder => {
  const folder = mkdtempSync(join(tmpdir(), "vodstation-backup-"))
  const programs = join(folder, "bin")
  mkdirSync(programs)
  const program = join(programs, "vodstation-etl")
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${programUnderTest}" "$@"\n`)
  chmodSync(program, 0o755)
  const path = [programs, process.env["PATH"]].join(delimiter)
  return {
    folder,
    follow: (name, env) =>
      execFileSync("sh", ["-ec", commands(name)], {
        cwd: folder,
        env: { ...emptyEnvironment(folder), PATH: path, ...env },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The report of a backfill from the first of August 2026. */
export const backfillTo = async (to: string, env: Readonly<Record<string, string>>) => {
  const run = await runProgram(["backfill", "--from", "2026-08-01", "--to", to, "--json"], { env })
  expect([run.code, run.stderr.slice(-500)]).toEqual([0, expect.anything()])
  return JSON.parse(run.stdout)
}
