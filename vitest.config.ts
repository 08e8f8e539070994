import { defineConfig } from "vitest/config"

const folders = ["packages/core", "packages/extract", "packages/load", "packages/simulator", "apps/runner"]

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A folder as a project does not inherit the root's settings unless told to.
    projects: folders.map((root) => ({
      extends: true,
      test: { name: root.split("/")[1]!, root, include: ["src/**/*.test.ts"] },
    })),
  },
})
