/** Several accounts: an archive for each, by a profile of ~/.ncloud/configure and a schema of its own. */
import { Effect, Scope } from "effect"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import { postgresView } from "./ArchiveView.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const world = { firstDay: "2026-08-01", days: 2, rowsPerDay: 30 }
const news = { accessKey: "NEWSACCESSKEY0000001", secretKey: "NewsSecretKey000000000000000000000000001" }

let bench: Workbench
let other: RunningSimulator
beforeAll(async () => {
  bench = await openWorkbench({ ...world, seed: 1 })
  other = await Effect.runPromise(
    startSimulator({ ...world, seed: 2, credentials: [news] }).pipe(
      Effect.provideService(Scope.Scope, bench.scope),
    ),
  )
})
afterAll(() => bench.close())

it("two profiles fill two schemas, and neither archive holds a row of the other account", async () => {
  const configure = `[DEFAULT]
ncloud_access_key_id = ${bench.simulator.accessKey}
ncloud_secret_access_key = ${bench.simulator.secretKey}

[news]
ncloud_access_key_id = ${news.accessKey}
ncloud_secret_access_key = ${news.secretKey}
`
  const fill = (profile: string, simulator: RunningSimulator, schema: string) =>
    runProgram(["backfill", "--from", "2026-08-01", "--to", "2026-08-03", "--json", "--profile", profile], {
      env: {
        VODSTATION_BASE_URL: simulator.baseUrl,
        DATABASE_URL: bench.databaseUrl,
        VODSTATION_SCHEMA: schema,
      },
      files: { ".ncloud/configure": configure },
    })
  const runs = await Promise.all([
    fill("DEFAULT", bench.simulator, "entertainment"),
    fill("news", other, "news"),
  ])
  expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ""],
    [0, ""],
  ])
  const [from, before] = [Date.parse("2026-08-01T00:00+09:00"), Date.parse("2026-08-03T00:00+09:00")]
  const truths = [bench.simulator, other].map(({ world }) => truthOf(world, from, before).lines)
  expect(truths[0]).not.toEqual(truths[1])
  expect(await postgresView(bench, "entertainment").lines()).toEqual(truths[0])
  expect(await postgresView(bench, "news").lines()).toEqual(truths[1])
  // The profile of one account is refused by the other's gateway: it was the profile that made the difference.
  expect((await fill("DEFAULT", other, "neither")).code).toBe(3)
})
