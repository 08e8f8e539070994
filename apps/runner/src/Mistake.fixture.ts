/** The mistakes of docs/mistakes.md, to be made as they stand there, and a look at what they touched. */
import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import { emptyEnvironment, programUnderTest } from "./runProgram.fixture.ts"
import { contentsOf } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

export interface Mistake {
  readonly section: string
  /** The sentence above it. */
  readonly did: string
  /** What the operator found there, as `Given …` tells. */
  readonly given: string | undefined
  /** Lines for a shell. */
  readonly typed: ReadonlyArray<string>
  /** All that is read on standard error. */
  readonly says: string
  readonly exit: number
  readonly isAsked: boolean
}

const entries = /^(.+):\n\n```console\n([^]*?)```$/gm

export const readMistakes = (): ReadonlyArray<Mistake> =>
  readFileSync(join(import.meta.dirname, "../../../docs/mistakes.md"), "utf8")
    .split(/^## /m)
    .slice(1)
    .flatMap((text) => {
      const section = text.slice(0, text.indexOf("\n"))
      return [...text.matchAll(entries)].map(([, did, block]) => mistakeOf(section, did!, block!))
    })

const mistakeOf = (section: string, did: string, block: string): Mistake => {
  const lines = block.trimEnd().split("\n")
  const notes = lines.filter((line) => line.startsWith("# ")).join()
  return {
    section,
    did,
    given: /^Given ([^,]+)/.exec(did)?.[1],
    typed: lines.flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : [])),
    says: lines.filter((line) => !/^[$#] /.test(line)).join("\n"),
    exit: Number(/exit (\d)/.exec(notes)?.[1] ?? 2),
    isAsked: notes.includes("the gateway was asked"),
  }
}

/** The folder that `FOLDER` stands for. */
export const folderOf = (bench: Workbench): string => join(bench.home, "folder")

/**
 * What the operator got to see, and what the last of their lines did besides; to be compared with `isTold`.
 *
 * @param environment beside that of an operator who did everything right
 */
export const make = async (
  bench: Workbench,
  { typed }: Mistake,
  environment: Readonly<Record<string, string>>,
) => {
  const home = homeWithProgram()
  try {
    const lines = typed.map((line) => withPlaces(bench, line))
    const env = { ...bench.environment("unused"), ...environment }
    await shell(home, lines.slice(0, -1).join("\n"), {})
    const before = await everythingWritten(bench, home)
    const asked = bench.simulator.stats().requests
    const { code, stdout, stderr } = await shell(home, lines.at(-1)!, env)
    const after = await everythingWritten(bench, home)
    return {
      says: withoutPlaces(bench, stderr),
      stdout,
      exit: code,
      isAsked: bench.simulator.stats().requests > asked,
      isWritten: after !== before && { before, after },
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** What every mistake comes to: one line, and nothing else. */
export const isTold = ({ says, exit, isAsked }: Mistake) => ({
  says: `${says}\n`,
  stdout: "",
  exit,
  isAsked,
  isWritten: false,
})

/** A home with nothing in it but the program, as one that was installed. */
const homeWithProgram = (): string => {
  const home = mkdtempSync(join(tmpdir(), "vodstation-mistake-"))
  mkdirSync(programsIn(home), { recursive: true })
  const script = `#!/bin/sh\nexec '${process.execPath}' '${programUnderTest}' "$@"\n`
  writeFileSync(join(programsIn(home), "vodstation-etl"), script, { mode: 0o755 })
  return home
}

const programsIn = (home: string): string => join(home, ".local", "bin")

const shell = (home: string, lines: string, environment: Readonly<Record<string, string>>) => {
  const usual = emptyEnvironment(home)
  const env = { ...usual, PATH: `${programsIn(home)}:${usual["PATH"]}`, ...environment }
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn("sh", ["-c", lines], { cwd: home, env, stdio: ["ignore", "pipe", "pipe"] })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })
}

/** All that a run could have written to, as text. */
const everythingWritten = async (bench: Workbench, home: string): Promise<string> =>
  JSON.stringify({
    database: await bench.select("public", databaseContents),
    folder: contentsOf(folderOf(bench)),
    home: contentsOf(home),
  })

const databaseContents = `
  SELECT nspname AS schema, relname AS table,
    CASE WHEN relname IN ('archive_setting', 'archive_migration', 'extraction_run', 'extraction_day')
      THEN query_to_xml(format('SELECT * FROM %I.%I', nspname, relname), true, false, '')::text END AS rows
  FROM pg_namespace AS n LEFT JOIN pg_class AS c ON c.relnamespace = n.oid
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1, 2`

const placesOf = (bench: Workbench): ReadonlyArray<readonly [name: string, place: string]> => {
  const { host, pathname, password } = new URL(bench.databaseUrl)
  return [
    ["FOLDER", folderOf(bench)],
    ["DATABASE", `${host}${pathname}`],
    ["HOST", host],
    ["PASSWORD", password],
    ["GATEWAY", new URL(bench.simulator.baseUrl).host],
  ]
}

const withPlaces = (bench: Workbench, line: string): string =>
  placesOf(bench).reduce(
    (text, [name, place]) => text.replaceAll(new RegExp(`(?<!_)\\b${name}\\b`, "g"), place),
    line,
  )

const withoutPlaces = (bench: Workbench, text: string): string =>
  placesOf(bench)
    .reduce((text, [name, place]) => text.replaceAll(place, name), text)
    .replace(`process ${process.pid} on ${hostname()}`, "process PID on MACHINE")
    .replace(/since \d{4}-\d\d-\d\dT[\d:.]+Z/, "since SINCE")
    .replaceAll(/trace id [\w-]+/g, "trace id TRACE")
    .replace(/that is in \d+ (s|min|h)/, "that is in TIME")
