import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { openWorkbench, type Workbench } from "@vodstation-etl/runner/Workbench.fixture"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { blocksOf, readerIn } from "./FollowedPage.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ days: 2, rowsPerDay: 20, stuckShare: 0, looseness: 0, clock: "ticking" })
  mkdirSync(join(bench.home, ".ncloud"))
  const profile = (name: string) =>
    `[${name}]\nncloud_access_key_id = ${bench.simulator.accessKey}\nncloud_secret_access_key = ${bench.simulator.secretKey}\n`
  writeFileSync(join(bench.home, ".ncloud", "configure"), profile("tv") + profile("web"))
})

afterAll(() => bench.close())

describe("the commands of docs/operations.md for several accounts", () => {
  it("load each account, by its profile, into a schema of its own", async () => {
    const commands = blocksOf("docs/operations.md", "sh").filter((block) => block.includes("--profile"))
    expect(commands).toHaveLength(1)
    const { VODSTATION_BASE_URL, DATABASE_URL } = bench.environment("") as Record<string, string>
    const { stdout } = await readerIn(bench.home)(commands[0]!, {
      VODSTATION_BASE_URL: VODSTATION_BASE_URL!,
      DATABASE_URL: DATABASE_URL!,
    })
    const reports = stdout.trimEnd().split("\n")
    expect(reports.map((report) => JSON.parse(report).outcome)).toEqual(["complete", "complete"])
    for (const schema of ["vodstation_tv", "vodstation_web"])
      expect((await bench.select(schema, "SELECT 1 FROM encoding")).length).toBeGreaterThan(0)
  })
})
