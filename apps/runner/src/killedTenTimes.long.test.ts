/** A run that is killed outright, wherever it is, leaves a whole archive, and the next one completes it. */
import { describe, expect, it } from "vitest"
import type { KilledArchive } from "./killLoop.fixture.ts"
import { killCsv, killPostgres } from "./killLoop.fixture.ts"

/** Another one each time; `KILL_SEED` repeats one that a failure has named. */
const seed = Number(process.env["KILL_SEED"] ?? Date.now() % 1_000_000)
const kills = 10

describe.each<[string, (seed: number, kills: number) => Promise<KilledArchive>]>([
  ["Postgres", killPostgres],
  ["CSV files", killCsv],
])("an archive in %s", (_, kill) => {
  it(`is whole after each of ${kills} kills, in all phases of a run, and complete after the next run`, async () => {
    const { landed, missed, ...found } = await kill(seed, kills)
    expect(found).toEqual({ seed, wrong: [], remains: [] })
    expect(missed).toBeLessThan(kills / 3)
    expect(landed.size).toBeGreaterThanOrEqual(3)
  })
})
