import { spawnSync } from "node:child_process"
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

/** Of a program version such as `pg_dump (PostgreSQL) 15.18 (Debian …)`; 0 where there is none. */
const majorVersion = (program: string): number =>
  Number(/\) (\d+)/.exec(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "")?.[1] ?? 0)

describe("a backup as a dump", () => {
  it("goes into another database (skipped where pg_dump is missing or older than the server)", async ({
    skip,
  }) => {
    const [server] = await bench.select(
      "public",
      "SELECT current_setting('server_version_num')::int / 10000 AS major",
    )
    skip(majorVersion("pg_dump") < server!["major"])
    await backfillTo("2026-08-03", bench.environment("vodstation"))
    backup.follow("dump", { URL: bench.databaseUrl })
    const restore = () => backup.follow("restore-dump", { DATABASE_URL: bench.databaseUrl })
    // What is there is neither replaced nor mixed with the dump.
    expect(restore).toThrow(/already exists/)
    await bench.execute("public", "ALTER SCHEMA vodstation RENAME TO original")
    expect(restore()).toMatch(/: whole\. 2 days, 100 rows/)
    const rows = "SELECT * FROM encoding ORDER BY file_path, output_type, occurrence"
    expect(await bench.select("vodstation", rows)).toEqual(await bench.select("original", rows))
    expect(await backfillTo("2026-08-04", bench.environment("vodstation"))).toMatchObject({
      days: { skipped: 2, closed: 1 },
    })
  })
})
