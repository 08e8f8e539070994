/**
 * Archives that cannot be used as they were asked for, and the one line that says why, where, and what to do now. Nothing
 * of them is touched.
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { Effect, Redacted, Scope } from "effect"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { Archive } from "@vodstation-etl/load/Archive"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import type { Mistake } from "./Mistake.fixture.ts"
import { folderOf, isRefused, make, usualLine } from "./Mistake.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 3, rowsPerDay: 20 })
})

afterAll(() => bench.close())

const csv = ["--archive", "csv", "--out", "FOLDER"]
const folder = () => folderOf(bench)

const postgresArchive = async () => {
  const target = Redacted.make(bench.databaseUrl)
  await Effect.runPromise(
    Effect.flatMap(Archive, (archive) => archive.prepare("127.0.0.1")).pipe(
      Effect.provide(postgresArchiveLayer({ target, schema: "archive", timeZone: undefined })),
    ),
  )
}

const csvArchive = () =>
  Effect.runPromise(
    CsvArchive.make({ folder: folder(), timeZone: undefined, excel: undefined, access: "write" }).pipe(
      Effect.flatMap((archive) => archive.prepare("127.0.0.1")),
      Effect.scoped,
    ),
  )

const rewriteCsvSettings = async (changes: object) => {
  await csvArchive()
  const settings = { format: 1, timeZone: "Asia/Seoul", host: "127.0.0.1", excel: false, ...changes }
  writeFileSync(join(folder(), "archive.json"), JSON.stringify(settings))
}

/** For root, who may write everywhere, the program becomes another user first. */
const asNobody: Readonly<Record<string, string>> =
  process.getuid?.() === 0
    ? {
        NODE_OPTIONS: "--import data:text/javascript,process.setgid(65534);process.setuid(65534)",
        RECORD_MEMORY_IN: "/dev/null",
      }
    : {}

const folders: ReadonlyArray<Mistake> = [
  {
    it: "gave a file for a folder",
    flags: csv,
    given: () => writeFileSync(folder(), "a file"),
    says: "FOLDER: this is not a folder. Choose a folder with --out.",
  },
  {
    it: "gave a folder where this user cannot make one",
    flags: csv,
    given: () => {
      mkdirSync(folder())
      chmodSync(folder(), 0o555)
    },
    env: () => asNobody,
    says: "FOLDER: this folder cannot be written to. Make it writable for this user, or choose another folder with --out.",
  },
  {
    it: "gave a folder that holds something else",
    flags: csv,
    given: () => {
      mkdirSync(folder())
      writeFileSync(join(folder(), "holiday.jpg"), "photo")
    },
    says: "FOLDER: this folder is not empty and is no archive: it holds holiday.jpg. Choose an empty or a new folder with --out.",
  },
]

const postgresArchives: ReadonlyArray<Mistake> = [
  {
    it: "set another time zone than the archive's",
    given: postgresArchive,
    env: () => ({ VODSTATION_SCHEMA: "archive", VODSTATION_TIMEZONE: "Europe/Berlin" }),
    says: "DATABASE: the archive in schema archive was made with time zone Asia/Seoul, not Europe/Berlin. Unset VODSTATION_TIMEZONE, or choose another schema with VODSTATION_SCHEMA for another archive.",
  },
  {
    it: "took an archive of another host",
    given: async () => {
      await postgresArchive()
      await bench.execute(
        "archive",
        "UPDATE archive_setting SET value = 'vodstation.apigw.ntruss.com' WHERE name = 'host'",
      )
    },
    env: () => ({ VODSTATION_SCHEMA: "archive" }),
    says: "DATABASE: the archive in schema archive is filled from vodstation.apigw.ntruss.com, not 127.0.0.1. Correct VODSTATION_BASE_URL or --site, or choose another schema with VODSTATION_SCHEMA for another archive.",
  },
  {
    it: "took an archive of a newer version",
    given: async () => {
      await postgresArchive()
      await bench.execute(
        "archive",
        "INSERT INTO archive_migration (name, run_on) VALUES ('0099_future', now())",
      )
    },
    env: () => ({ VODSTATION_SCHEMA: "archive" }),
    says: "DATABASE: the archive in schema archive was made by a newer vodstation-etl (it has 0099_future). Upgrade vodstation-etl, or choose another schema with VODSTATION_SCHEMA.",
  },
]

const csvArchives: ReadonlyArray<Mistake> = [
  {
    it: "set another time zone than the archive's",
    flags: csv,
    given: csvArchive,
    env: () => ({ VODSTATION_TIMEZONE: "Europe/Berlin" }),
    says: "FOLDER: it was made for work days in Asia/Seoul, which cannot change to Europe/Berlin later. Unset VODSTATION_TIMEZONE or set it to Asia/Seoul, or choose another folder with --out.",
  },
  {
    it: "took an archive of another host",
    flags: csv,
    given: () => rewriteCsvSettings({ host: "vodstation.apigw.ntruss.com" }),
    says: "FOLDER: it is filled from vodstation.apigw.ntruss.com, and rows of 127.0.0.1 could not be told apart from those. Check VODSTATION_BASE_URL and --site, or choose another folder with --out.",
  },
  {
    it: "took an archive of a newer version",
    flags: csv,
    given: () => rewriteCsvSettings({ format: 99 }),
    says: "FOLDER: it was written by a newer version of vodstation-etl (format 99, this one knows 1). Upgrade vodstation-etl, or choose another folder with --out.",
  },
  {
    it: "started a second writer",
    flags: csv,
    given: async () => {
      const options = { folder: folder(), timeZone: undefined, excel: undefined, access: "write" } as const
      // Held by this process until the workbench closes.
      const archive = await Effect.runPromise(
        CsvArchive.make(options).pipe(Effect.provideService(Scope.Scope, bench.scope)),
      )
      await Effect.runPromise(archive.prepare("127.0.0.1"))
    },
    says: `FOLDER: another program is writing to it: process ${process.pid} on ${hostname()}, since SINCE. Wait until it has ended, or end it. If it has ended already, and ran on another machine, remove FOLDER/.lock.`,
  },
]

describe.each([
  ["a folder", folders],
  ["an archive in Postgres", postgresArchives],
  ["an archive of CSV files", csvArchives],
])("an operator who, with %s,", (_, mistakes) => {
  afterEach(async () => {
    rmSync(folder(), { recursive: true, force: true })
    await bench.execute("public", "DROP SCHEMA IF EXISTS archive CASCADE")
  })

  it.each(mistakes)("$it", async (mistake) => {
    expect(await make(bench, mistake)).toEqual(isRefused(mistake))
  })
})

it.runIf(process.platform === "linux")(
  "an operator who gave a folder in /proc, which cannot hold any, is told once it is to be made",
  async () => {
    const out = "/proc/vodstation-etl/archive"
    const run = await runProgram([...usualLine, "--archive", "csv", "--out", out], {
      env: bench.environment("unused"),
    })
    expect([run.code, run.stdout, run.stderr]).toEqual([
      2,
      "",
      `vodstation-etl: ${out}: this folder cannot be made there. Choose another folder with --out. [ArchiveUnusable]\n`,
    ])
  },
)

it.runIf(process.platform === "linux")(
  "an operator whose VODSTATION_HOME is in /proc is told so",
  async () => {
    const { DATABASE_URL: _, ...environment } = bench.environment("unused")
    const run = await runProgram(usualLine, {
      env: { ...environment, VODSTATION_HOME: "/proc/vodstation-etl" },
    })
    expect([run.code, run.stdout]).toEqual([2, ""])
    expect(run.stderr).toMatch(/^vodstation-etl: .*\/proc\/vodstation-etl\/postgres.*VODSTATION_HOME.*\n$/)
  },
)
