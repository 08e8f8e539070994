/** A disk that is too full for the database's log ends the server itself, which cannot even start before there is space. */
import { expect, it, vi } from "vitest"
import { inHaste } from "./atTime.fixture.ts"
import { complete, failed, postgresOnDisk } from "./fullDisk.fixture.ts"
import { canMount } from "./SmallDisk.fixture.ts"

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
    expect(String(await startServer())).toMatch(/did not start.*No space left on device/s)
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
