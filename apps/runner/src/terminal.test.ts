/** A backfill at a real terminal (a pseudo-terminal that `script` opens), as somebody in front of it sees it. */
import { spawn, spawnSync } from "node:child_process"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { emptyEnvironment, programUnderTest } from "./runProgram.fixture.ts"
import { Terminal } from "./Terminal.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 6, rowsPerDay: 100, latencyMs: 40 })
})
afterAll(() => bench.close())

/** Runs a backfill; gives the lines of the terminal while it went on, whenever they changed, and those in the end. */
const backfillAt = async (
  columns: number,
  schema: string,
  env: Readonly<Record<string, string>>,
  flags = "",
) => {
  const terminal = new Terminal(columns)
  const line = `"${process.execPath}" "${programUnderTest}" backfill --from 2026-08-01 --to 2026-08-07 --page-size 20 ${flags}`
  const child = spawn("script", ["-qefc", `stty cols ${columns} rows 24; exec ${line}`, "/dev/null"], {
    env: { ...emptyEnvironment(bench.home), TERM: "xterm-256color", ...bench.environment(schema), ...env },
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 60_000,
  })
  const seen: Array<string> = []
  let isPlain = true
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    terminal.screen.write(chunk)
    seen.push((await terminal.lines()).join("\n"))
    isPlain &&= await terminal.isPlain()
  }
  return { seen, isPlain, lines: await terminal.lines() }
}

describe.runIf(hasScript)("at a terminal", () => {
  it.each([
    [80, {}, false],
    [40, { NO_COLOR: "1" }, true],
  ] as const)(
    "of %i columns a picture shows how far it is, and goes away (%j)",
    async (columns, env, plain) => {
      const { seen, isPlain, lines } = await backfillAt(columns, `at_${columns}`, env)
      const pictures = seen.filter((screen) => /░ \d of 6 days/.test(screen))
      expect(pictures.length).toBeGreaterThan(3)
      for (const picture of pictures) {
        // Never two of them, nor what is left of one.
        expect(picture).toMatch(/^█*░+ \d of 6 days.*\n(.* · )?\d+ requests?.*(\npages: .*)?$/)
      }
      expect(isPlain).toBe(plain)
      expect(lines[0]).toMatch(/^backfill complete in/)
      expect(lines.join("")).not.toMatch(/░|pages:/)
    },
  )

  it("nothing is shown with --quiet", async () => {
    const { seen, lines } = await backfillAt(80, "quiet", {}, "--quiet")
    expect([seen.join(""), lines]).toEqual(["", []])
  })
})
