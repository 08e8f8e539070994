/**
 * Every command's help has examples that work as they are written: each is run against a small world, in the order of the
 * help, so that the archives that they share are filled first. Those of `demo` take longer: `examples.long.test.ts`.
 */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { allCommands, allExamples, runExample } from "./Examples.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ days: 8, rowsPerDay: 20, stuckShare: 0, clock: "ticking" })
  writeFileSync(join(bench.home, "password.txt"), "a password of one's own\n")
})
afterAll(async () => {
  // Roles are the server's, and not the database's.
  const made = await bench.select("public", "SELECT FROM pg_roles WHERE rolname = 'bi'")
  if (made.length > 0) await bench.execute("public", "DROP OWNED BY bi CASCADE; DROP ROLE bi")
  await bench.close()
})

describe.each([...allCommands])("%s", (_, command) => {
  it("has two examples at least, and tells its exit codes", () => {
    expect(command.examples.length).toBeGreaterThanOrEqual(2)
    expect(command.description).toMatch(/Exit codes: [^]*\b1 anything else/)
  })
})

/** What stays until it is stopped, and what it prints once it is there. */
const stays = new Map([
  ["vodstation-etl db", /^postgres:.*\n/],
  ["vodstation-etl serve", /^http:.*\n/],
])

/** Somebody here may be serving their own archive. */
const onFreePort = (line: string) =>
  / serve\b(?!.*--port)/.test(line) ? line.replace(/ serve\b/, " serve --port 0") : line

it.each(allExamples.filter(({ line }) => !/ demo\b/.test(line)))("$line", async ({ of, line }) => {
  expect(line).toMatch(/\bvodstation-etl /)
  const stopWhen = stays.get(of)
  const env = { ...bench.environment("examples"), VODSTATION_HOME: bench.home }
  const { code, stdout, stderr } = await runExample(onFreePort(line), { folder: bench.home, env, stopWhen })
  expect([code, stderr]).toEqual([stopWhen === undefined ? 0 : 130, expect.not.stringMatching(/\[\w+\]$/m)])
  expect(stdout).not.toBe("")
})
