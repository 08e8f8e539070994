import { basename, join } from "node:path"
import { defineConfig } from "vitest/config"

const folders = [
  "packages/core",
  "packages/extract",
  "packages/load",
  "packages/report",
  "packages/simulator",
  "apps/runner",
  "bench",
  "checks",
]

const testServer = join(import.meta.dirname, "packages/load/src/postgres/holdTestServer.fixture.ts")
const bundle = join(import.meta.dirname, "apps/runner/src/bundleForTests.fixture.ts")

/** What is made ready before the first test of a folder. */
const beforeTests: Readonly<Record<string, Array<string>>> = {
  "packages/load": [testServer],
  "apps/runner": [testServer, bundle],
  checks: [testServer, bundle],
}

/** A file that .ci/run counts the tests from. */
const report = process.env["TEST_REPORT"]

/** The tests of all folders, each a project of its own. */
export const testConfig = (files: { readonly include: Array<string>; readonly exclude: Array<string> }) =>
  defineConfig({
    test: {
      // Most tests wait for a server or another process, so that two at once pay even on two cores.
      maxWorkers: 2,
      testTimeout: 180_000,
      hookTimeout: 180_000,
      reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
      // A folder as a project does not inherit the root's settings unless told to.
      projects: folders.map((root) => ({
        extends: true,
        test: {
          ...files,
          name: basename(root),
          root,
          passWithNoTests: true,
          // No test changes what others import, so that files need no module graph of their own.
          isolate: false,
          globalSetup: beforeTests[root] ?? [],
        },
      })),
    },
  })
