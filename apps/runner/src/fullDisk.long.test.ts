/** A disk that is too full for the database's log ends the server itself, which cannot even start before there is space. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { expect, it, vi } from "vitest"
import { inHaste } from "./atTime.fixture.ts"
import { complete, failed, postgresOnDisk } from "./fullDisk.fixture.ts"
import { canMount, mountSmallDisk } from "./SmallDisk.fixture.ts"

const where = canMount ? "" : " (skipped: this system lets us mount no small disk)"

it.runIf(canMount)(`an archive in Postgres goes on once there is space for its server${where}`, async () => {
  const { archive, startServer, close } = await postgresOnDisk()
  try {
    // The rows fit, and another 16 MB of the log do not.
    archive.disk.leave(8_000)
    expect(await archive.backfill(inHaste(40))).toEqual(
      failed(/the connection was lost|the database's disk is full/),
    )
    // It tries to recover, and ends since it cannot.
    const hasEnded = async () => /nothing listens there/.test((await archive.start(["check"])).stderr)
    await vi.waitUntil(hasEnded, { timeout: 30_000 })
    expect(String(await startServer())).toMatch(
      /did not start, since its disk is full \(could not [^\n]*: No space left on device\)\. Free some space there and run again; what was loaded is safe\./,
    )
    archive.disk.leave(0)
    expect(String(await startServer())).toMatch(
      /Cannot lock .*start\.lock .*: the disk is full: free some space/,
    )
    archive.disk.leave(100_000)
    await startServer()
    expect(await archive.isWhole()).toBe(true)
    expect(await archive.backfill()).toEqual(complete)
    expect(await archive.lines()).toEqual(archive.truth())
  } finally {
    await close()
  }
})

it.runIf(canMount)(
  `a server is not made on a disk that is too small for one, which is said in one line${where}`,
  async () => {
    const parent = mkdtempSync(join(tmpdir(), "vodstation-disk-"))
    const disk = mountSmallDisk(join(parent, "disk"), 8_000)
    try {
      const use = useEmbeddedPostgres(join(disk.folder, "home")).pipe(Effect.scoped, Effect.flip)
      expect((await Effect.runPromise(use)).message).toMatch(
        /^The cluster of the embedded PostgreSQL could not be made in \S+, since the disk is full \(could not [^\n]*: No space left on device\)\. Free some space there and run again, choose another folder with VODSTATION_HOME, or set DATABASE_URL to use a server of your own\.$/,
      )
    } finally {
      disk.unmount()
      rmSync(parent, { recursive: true })
    }
  },
)
