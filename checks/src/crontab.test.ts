import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { openWorkbench, type Workbench } from "@vodstation-etl/runner/Workbench.fixture"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readProjectFile, root } from "./projectFiles.fixture.ts"

/** The settings and the command of the one entry, as cron reads them. */
const readCrontab = (text: string) => {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
  const settings = lines.flatMap((line) => {
    const setting = /^(\w+)=(.*)$/.exec(line)
    return setting === null ? [] : [[setting[1]!, setting[2]!] as const]
  })
  const entries = lines.flatMap((line) => /^(?:[\d*/,-]+ +){5}(.*)$/.exec(line)?.[1] ?? [])
  return { settings: Object.fromEntries(settings), entries }
}

let bench: Workbench
let home: string

beforeAll(async () => {
  bench = await openWorkbench({
    firstDay: "2026-08-01",
    days: 2,
    rowsPerDay: 20,
    stuckShare: 0,
    looseness: 0,
  })
  home = mkdtempSync(join(tmpdir(), "vodstation-cron-"))
  symlinkSync(root, join(home, "vodstation-etl"))
})

afterAll(async () => {
  await bench.close()
  rmSync(home, { recursive: true, force: true })
})

/** What the entry does, with the little that cron gives it. */
const night = (env: Readonly<Record<string, string>> = {}) => {
  const { settings, entries } = readCrontab(readProjectFile("deploy/cron/vodstation.crontab"))
  expect(entries).toHaveLength(1)
  // In a command, cron takes an unescaped percent sign for the end of a line.
  expect(entries[0]).not.toContain("%")
  const cron = { HOME: home, PATH: "/usr/bin:/bin", SHELL: "/bin/sh" }
  return promisify(execFile)("/bin/sh", ["-c", entries[0]!], {
    cwd: "/",
    timeout: 60_000,
    env: { ...cron, ...settings, ...bench.environment("cron"), ...env },
  })
}

describe("the line for cron", () => {
  it("loads a night, says nothing, and keeps the reports", async () => {
    // Cron mails what is said on standard error: nothing on a good night.
    expect(await night()).toEqual({ stdout: "", stderr: "" })
    expect(await night()).toEqual({ stdout: "", stderr: "" })
    const reports = readFileSync(join(home, "vodstation-nights.ndjson"), "utf8").trimEnd().split("\n")
    expect(reports.map((report) => JSON.parse(report).outcome)).toEqual(["complete", "complete"])
  })

  it("fails, and says why, so that cron mails it", async () => {
    const unset = { NCLOUD_ACCESS_KEY_ID: "" }
    await expect(night(unset)).rejects.toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^vodstation-etl: .*NCLOUD_ACCESS_KEY_ID/),
    })
  })
})
