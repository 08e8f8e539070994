import { defineConfig } from "vitest/config"

const folders = ["packages/core", "packages/extract", "packages/load", "packages/simulator", "apps/runner"]

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
          name: root.split("/")[1],
          root,
          passWithNoTests: true,
          // Pure functions need no module graph of their own for each file.
          isolate: root !== "packages/core",
        },
      })),
    },
  })
