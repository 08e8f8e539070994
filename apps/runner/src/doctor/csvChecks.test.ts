/** What `doctor` finds out about a folder of CSV files, and says to do. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { Effect, Scope } from "effect"
import { afterAll, afterEach, beforeAll, expect, it } from "vitest"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import { contentsOf } from "../Workbench.fixture.ts"
import type { Workbench } from "../Workbench.fixture.ts"
import { examine, openDoctorBench } from "./examine.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openDoctorBench()
})
afterAll(() => bench.close())

const folder = () => join(bench.home, "csv")
const look = (env: Readonly<Record<string, string>> = {}) =>
  examine(bench, { env }, ["--archive", "csv", "--out", folder()])
afterEach(() => rmSync(folder(), { recursive: true, force: true }))

const makeArchive = () =>
  Effect.gen(function* () {
    const archive = yield* CsvArchive.make({
      folder: folder(),
      timeZone: undefined,
      excel: undefined,
      access: "write",
    })
    yield* archive.prepare("127.0.0.1")
  })

it("a new folder will do, and no database is asked", async () => {
  const { code, well, report } = await look({ DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/vod" })
  expect(code).toBe(0)
  expect(well).toMatchObject({
    folder: `${folder()} can be written to, and nobody else does`,
    archive: "the folder holds nothing yet; its days are those of Asia/Seoul",
    disk: expect.stringMatching(/ free in .*, for the archive$/),
  })
  expect(report.settings).toContainEqual({ name: "archive", value: folder(), from: "--out" })
  expect(contentsOf(folder())).toBeUndefined()
})

it("an archive that is there is not touched", async () => {
  await Effect.runPromise(Effect.scoped(makeArchive()))
  const before = contentsOf(folder())
  expect((await look()).code).toBe(0)
  expect(contentsOf(folder())).toEqual(before)
})

it("that another program writes to is exit 2, with who it is", async () => {
  const scope = Scope.makeUnsafe()
  await Effect.runPromise(makeArchive().pipe(Effect.provideService(Scope.Scope, scope)))
  const { code, failed } = await look()
  expect([
    code,
    failed.map(([name, says]) => [name, says.replace(/since [\dT:.-]+Z/, "since SINCE")]),
  ]).toEqual([
    2,
    [
      [
        "folder",
        `${folder()}: another program is writing to it: process ${process.pid} on ${hostname()}, since SINCE. Wait until it has ended, or end it. If it has ended already, and ran on another machine or in a container, remove ${folder()}/.lock.`,
      ],
    ],
  ])
})

it("of another time zone is exit 2", async () => {
  await Effect.runPromise(Effect.scoped(makeArchive()))
  const { code, failed } = await look({ VODSTATION_TIMEZONE: "Europe/Berlin" })
  expect([code, failed]).toEqual([
    2,
    [
      [
        "folder",
        `${folder()}: it was made for work days in Asia/Seoul, which cannot change to Europe/Berlin later. Unset VODSTATION_TIMEZONE or set it to Asia/Seoul, or choose another folder with --out.`,
      ],
    ],
  ])
})

it("of another host is exit 2", async () => {
  await Effect.runPromise(Effect.scoped(makeArchive()))
  const settings = { format: 1, timeZone: "Asia/Seoul", host: "elsewhere.test", excel: false }
  writeFileSync(join(folder(), "archive.json"), JSON.stringify(settings))
  const { code, failed } = await look()
  expect([code, failed]).toEqual([
    2,
    [["folder", expect.stringContaining("it is filled from elsewhere.test, and rows of 127.0.0.1")]],
  ])
})

it("that cannot be written to is exit 2", async () => {
  mkdirSync(folder())
  chmodSync(folder(), 0o555)
  // Root may write everywhere, so that the program becomes another user first.
  const asNobody: Record<string, string> =
    process.getuid?.() === 0
      ? {
          NODE_OPTIONS: "--import data:text/javascript,process.setgid(65534);process.setuid(65534)",
          RECORD_MEMORY_IN: "/dev/null",
        }
      : {}
  const { code, failed } = await look(asNobody)
  expect([code, failed]).toEqual([
    2,
    [
      [
        "folder",
        `${folder()}: this folder cannot be written to. Make it writable for this user, or choose another folder with --out.`,
      ],
    ],
  ])
})
