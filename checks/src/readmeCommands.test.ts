import { execFile } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import { emptyEnvironment, programUnderTest } from "@vodstation-etl/runner/runProgram.fixture"
import { openWorkbench, type Workbench } from "@vodstation-etl/runner/Workbench.fixture"
import { lexer } from "marked"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readProjectFile } from "./projectFiles.fixture.ts"

let bench: Workbench

/** The blocks of README.md in a language, in order. */
const blocks = (language: string): ReadonlyArray<string> =>
  lexer(readProjectFile("README.md")).flatMap((token) =>
    token.type === "code" && token["lang"] === language ? [token["text"]] : [],
  )

beforeAll(async () => {
  // All that the gateway knows is of the last week, which is what the first commands load.
  bench = await openWorkbench({ days: 7, rowsPerDay: 20, stuckShare: 0, looseness: 0, clock: "ticking" })
  const programs = join(bench.home, "bin")
  mkdirSync(programs)
  const program = join(programs, "vodstation-etl")
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${programUnderTest}" "$@"\n`)
  chmodSync(program, 0o755)
})

afterAll(() => bench.close())

/** As who reads the page would, who has set the keys and DATABASE_URL; fails where a command does. */
const follow = (commands: string) =>
  promisify(execFile)("bash", ["-o", "pipefail", "-ec", commands], {
    cwd: bench.home,
    timeout: 120_000,
    env: {
      ...emptyEnvironment(bench.home),
      PATH: [join(bench.home, "bin"), process.env["PATH"]].join(delimiter),
      ...bench.environment("vodstation"),
    },
  })

describe("the commands of README.md", () => {
  it("do, from the first to the last, what they say", async () => {
    // The other blocks are the demo and the tests, which CI runs, and what waits for Ctrl-C.
    const others = /pnpm@|vodstation-etl db/
    const commands = blocks("sh").filter((block) => !others.test(block))
    expect(commands.length).toBeGreaterThanOrEqual(4)
    for (const block of commands) await follow(block.replaceAll(/^export .*$/gm, ""))
    expect(readFileSync(join(bench.home, "encodings.csv"), "utf8")).toMatch(/^\uFEFFwork_date,/)
    expect(existsSync(join(bench.home, "archive", "encoding"))).toBe(true)
  })

  it("include those within its sentences", async () => {
    const sentences = readProjectFile("README.md").matchAll(
      /`(vodstation-etl (?:plan|audit|status|check)[^`]*)`/g,
    )
    const commands = [...sentences].map((match) => match[1]!).filter((command) => !command.includes(" D "))
    expect(commands.length).toBeGreaterThanOrEqual(4)
    for (const command of commands) expect((await follow(command)).stdout).not.toBe("")
  })

  it("include the SQL", async () => {
    const statements = blocks("sql").flatMap((block) => block.split(";").filter((each) => each.trim() !== ""))
    const [searchPath, ...questions] = statements
    expect(searchPath).toBe("SET search_path = vodstation")
    expect(questions.length).toBeGreaterThan(0)
    for (const question of questions)
      expect((await bench.select("vodstation", question)).length).toBeGreaterThan(0)
  })

  it("begin with those that CI runs as they are", () => {
    const ci = readProjectFile(".ci/run")
    expect(ci).toContain('pnpm="npx -y pnpm@12.21.0"')
    const first = blocks("sh").filter((block) => block.startsWith("npx -y pnpm@12.21.0 "))
    for (const block of first) expect(ci).toMatch(new RegExp(`\\$pnpm ${block.split(" ").at(-1)}$`, "m"))
    expect(first).toHaveLength(2)
  })
})
