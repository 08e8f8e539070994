/** A disk that is full in the middle of a run: one line says so, the archive stays whole, and goes on once there is space. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ArchiveOnDisk } from "./fullDisk.fixture.ts"
import { complete, csvOnDisk, failed, postgresOnDisk } from "./fullDisk.fixture.ts"
import { canMount } from "./SmallDisk.fixture.ts"

const where = canMount ? "" : " (skipped: this system lets us mount no small disk)"
const goOn = String.raw`What was loaded before is safe; run the same command again to go on\.$`

describe.runIf(canMount)(`an archive of CSV files on a full disk${where}`, () => {
  let archive: ArchiveOnDisk
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ archive, close } = await csvOnDisk())
  })
  afterAll(() => close())

  it("is not made, and exit 2 says why", async () => {
    expect(await archive.backfill()).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^vodstation-etl: \/.*: the disk is full\. Free some space, or choose another folder with --out\. \[ArchiveUnusable\]\n$/,
      ),
    })
  })

  it.each([40, 1_200])(
    "%i kB from the end stays whole, and one line and exit 1 say what failed",
    async (kilobytes) => {
      archive.disk.leave(kilobytes)
      expect(await archive.backfill()).toEqual(
        failed(RegExp(`^/.*: \\w+ 2026-08-0\\d failed: the disk is full: free some space\\. ${goOn}`)),
      )
      expect(await archive.isWhole()).toBe(true)
    },
  )

  it("is complete once there is space and a run", async () => {
    archive.disk.leave(40_000)
    expect(await archive.backfill()).toEqual(complete)
    expect(await archive.lines()).toEqual(archive.truth())
    expect(await archive.isWhole()).toBe(true)
  })
})

describe.runIf(canMount)(`an archive in Postgres on a full disk${where}`, () => {
  let archive: ArchiveOnDisk
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ archive, close } = await postgresOnDisk())
  })
  afterAll(() => close())

  it("is not made, and exit 2 says why", async () => {
    archive.disk.leave(200)
    expect(await archive.backfill()).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^vodstation-etl: 127\.0\.0\.1:\d+\/vodstation: its disk is full \(could not .*: No space left on device\)\. Free some space there\. \[ArchiveUnusable\]\n$/,
      ),
    })
  })

  it("stays whole, and one line and exit 1 say what failed", async () => {
    archive.disk.leave(1_000)
    expect(await archive.backfill()).toEqual(
      failed(
        RegExp(
          `^127.0.0.1:\\d+/vodstation: merging 2026-08-0\\d failed: the database's disk is full \\(could not extend file .*: No space left on device\\): free some space there\\. ${goOn}`,
        ),
      ),
    )
    expect(await archive.isWhole()).toBe(true)
  })

  it("is complete once there is space and a run", async () => {
    archive.disk.leave(100_000)
    expect(await archive.backfill()).toEqual(complete)
    expect(await archive.lines()).toEqual(archive.truth())
    expect(await archive.isWhole()).toBe(true)
  })
})
