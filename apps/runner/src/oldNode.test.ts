/** What the published program says on a Node that cannot run it; install.long.test.ts does it on a Node of 2017. */
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const bin = join(import.meta.dirname, "../npm/bin.cjs")
const machines = "/usr/bin/node"

const start = (node: string, ...args: ReadonlyArray<string>) =>
  spawnSync(node, [...args, bin, "--help"], { encoding: "utf8" })

const startAs = (version: string) =>
  start(
    process.execPath,
    "--import",
    `data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "${version}" } })`,
  )

const refusal = (version: string, node: string) =>
  `vodstation-etl needs Node 22.19 or later, and this is ${version} (${node}). Install Node 24 (https://nodejs.org), or add it to the folder that vodstation-etl is installed in (npm install node@24) and start it there with npx.\n`

const versionOf = (node: string): string =>
  spawnSync(node, ["--version"], { encoding: "utf8" }).stdout?.trim().slice(1) ?? ""

describe("the published program", () => {
  it.each(["0.12.18", "9.11.2", "20.20.2", "22.18.9"])(
    "says in one line that Node %s is too old",
    (version) => {
      const { status, stdout, stderr } = startAs(version)
      expect([status, stdout, stderr]).toEqual([2, "", refusal(version, process.execPath)])
    },
  )

  it.each(["22.19.0", "22.23.3", "23.0.0", "24.21.0", "100.0.0"])("starts on Node %s", (version) => {
    // Which is as far as it gets here, where it is not built.
    expect(startAs(version).stderr).toMatch(/Cannot find module '.*[\\/]program[\\/]main\.js'/)
  })

  it.skipIf(!/^(\d|1\d|20)\./.test(versionOf(machines)))("(where /usr/bin/node is old) says so on it", () => {
    const { status, stderr } = start(machines)
    expect([status, stderr]).toEqual([2, refusal(versionOf(machines), machines)])
  })
})
