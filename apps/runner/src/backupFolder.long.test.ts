import { existsSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { backfillTo, type BackupFolder, openBackupFolder } from "./followBackupPage.fixture.ts"
import { openWorkbench, type Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
let backup: BackupFolder

beforeAll(async () => {
  bench = await openWorkbench({
    firstDay: "2026-08-01",
    days: 4,
    rowsPerDay: 50,
    stuckShare: 0,
    looseness: 0,
  })
  backup = openBackupFolder()
})

afterAll(async () => {
  await bench.close()
  backup.remove()
})

describe("a backup of the embedded server's folder", () => {
  it("comes back as it was, with all of it, here and elsewhere", async () => {
    const { DATABASE_URL: _, ...keys } = bench.environment("vodstation")
    const home = { ...keys, VODSTATION_HOME: join(backup.folder, "home") }
    expect((await backfillTo("2026-08-03", home)).rows.inserted).toBe(100)
    const whileItRuns = (follow: () => void) =>
      Effect.runPromise(
        useEmbeddedPostgres(home.VODSTATION_HOME).pipe(Effect.andThen(Effect.sync(follow)), Effect.scoped),
      )
    await whileItRuns(() => {
      expect(() => backup.follow("backup-folder", home)).toThrow(/\nNo backup: the server runs\./)
      expect(existsSync(join(backup.folder, "archive.tar.gz"))).toBe(false)
    })
    // Without a backup to put in its place, what is there stays there.
    expect(() => backup.follow("restore-folder", home)).toThrow(/archive\.tar\.gz/)
    backup.follow("backup-folder", home)
    await whileItRuns(() => {
      expect(() => backup.follow("restore-folder", home)).toThrow(/\nNothing restored: the server runs\./)
    })
    // What comes after it is not in it.
    expect((await backfillTo("2026-08-04", home)).rows.inserted).toBe(50)
    expect(backup.follow("restore-folder", home)).toMatch(/: whole\. 2 days, 100 rows/)

    const elsewhere = { ...keys, VODSTATION_HOME: join(backup.folder, "another", "home") }
    expect(backup.follow("restore-folder", elsewhere)).toMatch(/: whole\. 2 days, 100 rows/)
    expect(await backfillTo("2026-08-04", elsewhere)).toMatchObject({
      days: { skipped: 2, closed: 1 },
      rows: { inserted: 50 },
    })
  })
})
