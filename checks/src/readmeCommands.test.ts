import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { openWorkbench, type Workbench } from "@vodstation-etl/runner/Workbench.fixture"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { blocksOf, type Follow, readerIn } from "./FollowedPage.fixture.ts"
import { readProjectFile } from "./projectFiles.fixture.ts"

let bench: Workbench

/** As who reads the page does, who has set the keys and DATABASE_URL. */
let follow: Follow

const blocks = (language: string) => blocksOf("README.md", language)

beforeAll(async () => {
  // All that the gateway knows is of the last week, which is what the first commands load.
  bench = await openWorkbench({ days: 7, rowsPerDay: 20, stuckShare: 0, looseness: 0, clock: "ticking" })
  follow = readerIn(bench.home)
})

afterAll(() => bench.close())

describe("the commands of README.md", () => {
  it("do, from the first to the last, what they say", async () => {
    // The other blocks are the demo, the tests and the installation, which CI runs, and what waits for Ctrl-C.
    const others = /pnpm@|vodstation-etl (?:db|serve)/
    const commands = blocks("sh").filter((block) => !others.test(block))
    expect(commands.length).toBeGreaterThanOrEqual(4)
    for (const block of commands)
      await follow(block.replaceAll(/^export .*$/gm, ""), bench.environment("vodstation"))
    expect(readFileSync(join(bench.home, "encodings.csv"), "utf8")).toMatch(/^\uFEFFwork_date,/)
    expect(existsSync(join(bench.home, "archive", "encoding"))).toBe(true)
  })

  it("include those within its sentences", async () => {
    const sentences = readProjectFile("README.md").matchAll(
      /`(vodstation-etl (?:plan|audit|status|check)[^`]*)`/g,
    )
    const commands = [...sentences].map((match) => match[1]!).filter((command) => !command.includes(" D "))
    expect(commands.length).toBeGreaterThanOrEqual(4)
    for (const command of commands)
      expect((await follow(command, bench.environment("vodstation"))).stdout).not.toBe("")
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
    const first = blocks("sh").filter((block) => /^npx -y pnpm@12\.21\.0 \S+$/.test(block))
    for (const block of first) expect(ci).toMatch(new RegExp(`\\$pnpm ${block.split(" ").at(-1)}$`, "m"))
    expect(first).toHaveLength(2)
  })
})
