/** `killed.test.ts`, for longer: two hundred kills of each archive. */
import { describe, expect, it } from "vitest"
import { killCsv, killPostgres } from "./killLoop.fixture.ts"

const seed = Number(process.env["KILL_SEED"] ?? Date.now() % 1_000_000)
const kills = 200

describe.each([
  ["Postgres", killPostgres, ["commit", "copy", "merge", "reading", "staging"]],
  ["CSV files", killCsv, ["commit", "merge", "placing", "reading", "staging"]],
] as const)("an archive in %s", (_, kill, phases) => {
  it(
    `is whole after each of ${kills} kills, in every phase of a run, and complete after the next run`,
    { timeout: 1_800_000 },
    async () => {
      const { landed, missed, ...found } = await kill(seed, kills)
      expect(found).toEqual({ seed, wrong: [], remains: [] })
      expect(missed).toBeLessThan(kills / 4)
      const seen = [...landed.keys()].flatMap((key) => key.split(" and "))
      expect([...new Set(seen)].toSorted()).toEqual(phases)
    },
  )
})
