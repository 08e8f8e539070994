/** PostgreSQL that is stopped in the middle of a run, as by a loss of power: nothing is lost that was committed. */
import { Effect } from "effect"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { stopImmediately } from "@vodstation-etl/load/postgres/embedded/stopImmediately.fixture"
import type { TestHome } from "@vodstation-etl/load/postgres/embedded/testHome.fixture"
import { testHome } from "@vodstation-etl/load/postgres/embedded/testHome.fixture"
import { watchProgramSessions } from "@vodstation-etl/load/postgres/ProgramSessions.fixture"
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { postgresView } from "./ArchiveView.fixture.ts"
import { inHaste } from "./atTime.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const days = 8
let server: TestHome
let bench: Workbench

const useServer = Effect.suspend(() => useEmbeddedPostgres(server.home))

beforeAll(async () => {
  server = await testHome()
  const url = Effect.map(useServer, ({ url }) => url)
  bench = await openWorkbench(
    { firstDay: "2026-08-01", days, rowsPerDay: 1_000, stuckShare: 0, latencyMs: 40, seed: 5 },
    url,
  )
})
afterAll(async () => {
  await bench.close()
  await server[Symbol.asyncDispose]()
})

let view: ArchiveView
let archives = 0
beforeEach(() => {
  view = postgresView(bench, `archive_${++archives}`)
})

const start = (command: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) =>
  startProgram(command, { ...view.env, ...env }, bench.home)
const august = ["backfill", "--from", "2026-08-01", "--to", "2026-08-09", "--json", "--concurrency", "2"]

/** Once a day is loaded and another one is on its way. */
const stopInTheMiddle = async () => {
  const sessions = await watchProgramSessions(bench.databaseUrl)
  const often = { timeout: 20_000, interval: 1 }
  await vi.waitUntil(async () => Object.keys(await view.ledger().catch(() => ({}))).length > 0, often)
  await vi.waitUntil(async () => (await sessions.busy()).length > 0, often)
  await stopImmediately(server.folder)
  await sessions.close().catch(() => {})
}

const startAgain = () => Effect.runPromise(Effect.scoped(useServer))

const expectWhole = async () => {
  const check = await start(["check"]).ended
  expect([check.code, check.stdout]).toEqual([0, expect.stringContaining("whole")])
}

const expectTruth = async () => {
  const { world } = bench.simulator
  const { lines } = truthOf(world, world.dayStarts[0]!, world.dayStarts[days]!)
  expect(lines.length).toBeGreaterThan(days * 900)
  expect(await view.lines()).toEqual(lines)
  await expectWhole()
}

it("and started again soon, costs the run time only", async () => {
  const run = start(august)
  await stopInTheMiddle()
  await startAgain()
  const { code, stdout, stderr } = await run.ended
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { outcome: "complete", problems: [] }])
  expect(stderr).toMatch(/The day is read and loaded again/)
  await expectTruth()
})

it("and left so, ends the run with exit 1 and one line; the archive is whole, and the next run completes it", async () => {
  const run = start(august, inHaste(40))
  await stopInTheMiddle()
  const { code, stdout } = await run.ended
  const { outcome, problems } = JSON.parse(stdout)
  expect([code, outcome, problems]).toEqual([
    1,
    "failed",
    [{ day: null, error: "ArchiveFailed", message: expect.stringMatching(/there was no other for \d+ s/) }],
  ])
  await startAgain()
  await expectWhole()
  const held = Object.keys(await view.ledger()).length
  expect(held).toBeGreaterThan(0)
  expect(held).toBeLessThan(days)
  const next = await start(august).ended
  expect([next.code, JSON.parse(next.stdout)]).toMatchObject([
    0,
    { outcome: "complete", days: { skipped: held } },
  ])
  await expectTruth()
})
