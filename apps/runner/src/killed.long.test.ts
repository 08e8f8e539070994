/** `killedTenTimes.long.test.ts`, for longer: two hundred kills of each kind of archive, ten of each archive, so that births are among them. */
import { describe, expect, it } from "vitest"
import { killCsv, killPostgres } from "./killLoop.fixture.ts"

const seed = Number(process.env["KILL_SEED"] ?? Date.now() % 1_000_000)
const rounds = 20
const kills = 10

describe.each([
  ["Postgres", killPostgres, ["commit", "copy", "merge", "reading", "staging"]],
  ["CSV files", killCsv, ["commit", "merge", "placing", "reading", "staging"]],
] as const)("an archive in %s", (_, kill, phases) => {
  const seen = new Set<string>()
  let missed = 0

  it.each(Array.from({ length: rounds }, (_, round) => seed + round))(
    `is whole after each of ${kills} kills, and complete after the next run, with seed %i`,
    async (seed) => {
      const { landed, missed: alsoMissed, ...found } = await kill(seed, kills)
      expect(found).toEqual({ seed, wrong: [], remains: [] })
      missed += alsoMissed
      for (const phases of landed.keys()) for (const phase of phases.split(" and ")) seen.add(phase)
    },
  )

  it(`was killed in every phase of a run, and most of ${rounds * kills} times in the middle of one`, () => {
    expect([...seen].toSorted()).toEqual(phases)
    expect(missed).toBeLessThan((rounds * kills) / 4)
  })
})
