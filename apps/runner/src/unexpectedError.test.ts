/** A mistake in the program is one line for whoever meets it, and its trace only for those who ask for it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 1, rowsPerDay: 10 })
})
afterAll(() => bench.close())

/** Makes a mistake of the program: `script` runs in its process before it. */
const runWith = (script: string, flags: ReadonlyArray<string> = []) =>
  runProgram(["backfill", "--from", "2026-08-01", "--to", "2026-08-02", ...flags], {
    env: {
      ...bench.environment("unexpected"),
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`,
    },
  })

const mistakes = {
  // What reads the gateway's address.
  "in a command": "URL.parse = () => { throw new TypeError('a planted\\n mistake') }",
  // Once the program listens for such, in a callback that is none of its own.
  "in a callback": `const look = setInterval(() => {
    if (process.listenerCount("uncaughtException") === 0) return
    clearInterval(look)
    throw new TypeError('a planted\\n mistake')
  }, 1)`,
}

const line =
  /^vodstation-etl: unexpected error, a mistake in the program: TypeError: a planted mistake\. Run the same command with --verbose to see where, and report that as an issue of vodstation-etl\. \[UnexpectedError\]$/

describe.each(Object.entries(mistakes))("a mistake %s", (_, script) => {
  it("is one line, and exit 1", async () => {
    const run = await runWith(script)
    expect([run.code, run.stdout]).toEqual([1, ""])
    expect(run.stderr.split("\n")).toEqual([expect.stringMatching(line), ""])
  })

  it("shows its trace with --verbose", async () => {
    const run = await runWith(script, ["--verbose"])
    expect([run.code, run.stdout]).toEqual([1, ""])
    const lines = run.stderr.split("\n")
    const at = lines.findIndex((said) => line.test(said))
    expect(at).toBeGreaterThanOrEqual(0)
    expect(lines.slice(at + 1).join("\n")).toMatch(/TypeError: a planted\n mistake\n +at /)
  })
})
