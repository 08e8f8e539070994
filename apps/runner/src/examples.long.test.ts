/** The examples of `demo`, as they are written, on a machine that has never seen it; the others: `examples.test.ts`. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { allExamples, runExample } from "./Examples.fixture.ts"

const folder = mkdtempSync(join(tmpdir(), "vodstation-examples-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each(allExamples.filter(({ line }) => / demo\b/.test(line)))("$line", async ({ line }) => {
  const { code, stdout, stderr } = await runExample(line, { folder, env: { VODSTATION_HOME: folder } })
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/\[\w+\]$/m)])
  expect(stdout).toContain("Which format fails most?")
  expect(stdout.includes("Into Postgres:")).toBe(!line.includes("--quiet"))
})
