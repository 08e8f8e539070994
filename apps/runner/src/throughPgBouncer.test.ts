/** The whole program behind PgBouncer in transaction mode, with one session for all that it does. */
import { Effect, Exit, Scope } from "effect"
import { hasPgBouncer, startPgBouncer } from "@vodstation-etl/load/postgres/pgBouncer.fixture"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { atTime } from "./atTime.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench, type Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
let pooled: string
const scope = Scope.makeUnsafe()
const schema = "archive"

beforeAll(async () => {
  bench = await openWorkbench({
    ...{ firstDay: "2026-08-01", days: 6, rowsPerDay: 300, stuckShare: 0, looseness: 0 },
    ...{ now: Date.parse("2026-08-06T12:00:00+09:00"), clock: "ticking" },
  })
  if (hasPgBouncer)
    pooled = await Effect.runPromise(
      startPgBouncer(bench.databaseUrl, 1).pipe(Effect.provideService(Scope.Scope, scope)),
    )
})

afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await bench.close()
})

const run = async (url: string, ...args: ReadonlyArray<string>) => {
  const { code, stdout, stderr } = await runProgram(args, {
    // By the gateway's clock to the millisecond: runs that follow one another within a second are told apart by no `Date` header.
    env: { ...bench.environment(schema), ...atTime(bench.simulator.world.now()), DATABASE_URL: url },
  })
  expect([args.join(" "), code, stderr.slice(-500)]).toEqual([args.join(" "), 0, expect.anything()])
  return stdout
}

const report = async (...args: ReadonlyArray<string>) => JSON.parse(await run(pooled, ...args, "--json"))

describe("through PgBouncer in transaction mode", () => {
  it.skipIf(!hasPgBouncer)(
    "backfill, nightly, check, status and export do what they do without it (skipped where there is no pgbouncer)",
    async () => {
      const range = ["--from", "2026-08-01", "--to", "2026-08-04"]
      expect(await report("backfill", ...range)).toMatchObject({
        outcome: "complete",
        days: { closed: 3 },
        rows: { read: 900 },
      })
      expect(await report("backfill", ...range, "--refresh")).toMatchObject({
        days: { closed: 3 },
        rows: { read: 900, inserted: 0, changed: 0, missing: 0 },
      })
      expect(await report("nightly")).toMatchObject({ outcome: "complete", days: { failed: 0 } })
      expect(await report("check")).toMatchObject({ outcome: "whole", days: { checked: 6 }, found: 0 })
      const status = await run(pooled, "status")
      const host = (text: string) => text.replaceAll(/127\.0\.0\.1:\d+/g, "HOST")
      expect(host(status)).toBe(host(await run(bench.databaseUrl, "status")))
      const exported = ["export", "encoding_timeline", "--out", "-"]
      const csv = await run(pooled, ...exported)
      expect(csv.split("\n").length).toBeGreaterThan(900)
      expect(csv).toBe(await run(bench.databaseUrl, ...exported))
    },
  )
})
