/** A CSV archive that somebody has edited, or of which something is gone: what a run makes of it, and what it says. */
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
let whole: string
let folders = 0
let time = Date.parse("2026-08-06T12:00:00+09:00")

const files = ["encoding", "encoding_provenance"]
const range = ["--from", "2026-08-01", "--to", "2026-08-05"]

beforeAll(async () => {
  bench = await openWorkbench({
    ...{ firstDay: "2026-08-01", days: 4, rowsPerDay: 20, stuckShare: 0, looseness: 0, twinShare: 0 },
    ...{ now: time, clock: "fixed" },
  })
  whole = join(bench.home, "whole")
  const { code, stderr } = await run("backfill", whole, "--from", "2026-08-01", "--to", "2026-08-04")
  expect([code, stderr]).toMatchObject([0, expect.anything()])
})

afterAll(() => bench.close())

/** Each run an hour after the one before, so that none takes what it reads for older than what is stored. */
const run = (command: string, folder: string, ...flags: ReadonlyArray<string>) => {
  bench.simulator.setNow((time += 3_600_000))
  return runProgram([command, "--archive", "csv", "--out", folder, ...flags], {
    env: bench.environment("unused"),
  })
}

const asJson = async (command: string, folder: string, ...flags: ReadonlyArray<string>) => {
  const { code, stdout } = await run(command, folder, "--json", ...flags)
  return { code, ...JSON.parse(stdout) }
}

/** A copy of the archive, in which one file is what `edit` makes of it. */
const edited = (file: string, edit: (text: string) => string) => {
  const folder = join(bench.home, `edited-${++folders}`)
  cpSync(whole, folder, { recursive: true })
  const path = join(folder, file)
  writeFileSync(path, edit(readFileSync(path, "utf8")))
  return folder
}

describe("of a day whose file was edited", () => {
  it.each([
    ["by a program that ends lines its own way", (text: string) => text.replaceAll("\n", "\r\n")],
    ["by one that writes dates its own way", (text: string) => text.replaceAll("2026-08-02,", "8/2/2026,")],
  ])("%s, a run says so, and loads the others", async (_, edit) => {
    const folder = edited("encoding/2026-08-02.csv", edit)
    const damaged = {
      code: 4,
      outcome: "incomplete",
      problems: [
        {
          day: "2026-08-02",
          error: "FileDamaged",
          message: expect.stringMatching(
            /: encoding\/2026-08-02\.csv was damaged or edited, at record .* Restore all files of that day from a backup; /,
          ),
        },
      ],
    }
    expect(await asJson("backfill", folder, ...range, "--refresh")).toMatchObject({
      ...damaged,
      days: { planned: 4, closed: 3, failed: 1 },
      rows: { inserted: 20 },
    })
    expect(await asJson("nightly", folder)).toMatchObject({ ...damaged, days: { failed: 1 } })
    expect(await asJson("check", folder)).toMatchObject({ code: 4, found: 1 })

    // What the line says helps: without a backup too.
    for (const file of files) {
      const away = join(bench.home, `away-${folders}`, file)
      mkdirSync(dirname(away), { recursive: true })
      renameSync(join(folder, file, "2026-08-02.csv"), away)
    }
    expect(await asJson("nightly", folder)).toMatchObject({ code: 0, problems: [], rows: { inserted: 20 } })
    expect(await asJson("check", folder)).toMatchObject({ code: 0, outcome: "whole" })
  })

  it.each([
    ["encoding", "encoding_provenance"],
    ["encoding_provenance", "encoding"],
  ])("and of one that lacks its %s", async (gone, there) => {
    const folder = edited("ledger.csv", (text) => text)
    rmSync(join(folder, gone, "2026-08-02.csv"))
    const { code, days, problems } = await asJson("backfill", folder, ...range, "--refresh")
    expect([code, days]).toMatchObject([4, { closed: 3, failed: 1 }])
    expect(problems[0].message).toContain(
      `: there is ${there}/2026-08-02.csv, but no ${gone}/2026-08-02.csv. `,
    )
  })

  it("and of one that was copied from another day", async () => {
    const other = (file: string) => readFileSync(join(whole, file, "2026-08-01.csv"), "utf8")
    const folder = edited("encoding/2026-08-02.csv", () => other("encoding"))
    writeFileSync(join(folder, "encoding_provenance/2026-08-02.csv"), other("encoding_provenance"))
    const { code, problems } = await asJson("backfill", folder, ...range, "--refresh")
    expect(code).toBe(4)
    expect(problems[0].message).toContain('work_date is "2026-08-01", not 2026-08-02')
  })
})

describe("a ledger that was edited", () => {
  const lines = (text: string) => text.trimEnd().split("\n")
  const [sorted, twice, dates] = [
    (text: string) => [lines(text)[0], ...lines(text).slice(1).toReversed(), ""].join("\n"),
    (text: string) => `${text}${lines(text).at(-1)}\n`,
    (text: string) => text.replaceAll(/^2026-08-0(\d)/gm, "8/$1/2026"),
  ]

  it.each([
    ["sorted by another column", sorted, "it is not sorted by work_date any more, or holds a day twice"],
    ["with a day twice", twice, "it is not sorted by work_date any more, or holds a day twice"],
    ["with dates of another form", dates, '"8/1/2026" is no date'],
  ])("%s is refused, and neither counted nor planned by", async (_, edit, what) => {
    const folder = edited("ledger.csv", edit)
    for (const command of ["status", "nightly"]) {
      const { code, stdout, stderr } = await run(command, folder, "--json")
      expect([code, stdout]).toEqual([1, ""])
      expect(stderr).toContain(what)
      expect(stderr).toContain(". Restore that file from a backup; without one, ")
    }
    // As the line says, without a backup.
    rmSync(join(folder, "ledger.csv"))
    expect(await asJson("backfill", folder, ...range)).toMatchObject({
      code: 0,
      days: { closed: 4 },
      rows: { inserted: 20, unchanged: 60 },
    })
    expect(await asJson("check", folder)).toMatchObject({ code: 0, outcome: "whole" })
  })
})

describe("a ledger that is gone", () => {
  const isTold = async (told: Promise<{ code: number | null; stdout: string; stderr: string }>) => {
    const { code, stdout, stderr } = await told
    expect([code, stdout]).toEqual([2, ""])
    expect(stderr).toContain(
      ": its ledger is gone, though it holds rows. Restore it from a backup; without one, backfill --from 2026-08-01 makes it again, ",
    )
  }

  it("with a part of a copied folder is no new archive, for status and for nightly", async () => {
    const folder = edited("ledger.csv", (text) => text)
    rmSync(join(folder, "ledger.csv"))
    await isTold(run("status", folder))
    await isTold(run("nightly", folder))
    expect((await run("backfill", folder, ...range)).code).toBe(0)
    expect((await run("nightly", folder)).code).toBe(0)
  })

  it("nor is one in Postgres", async () => {
    bench.simulator.setNow((time += 3_600_000))
    const env = bench.environment("ledgerless")
    expect((await runProgram(["backfill", ...range], { env })).code).toBe(0)
    await bench.execute("ledgerless", "DELETE FROM extraction_day")
    await isTold(runProgram(["status"], { env }))
    await isTold(runProgram(["nightly"], { env }))
  })
})
