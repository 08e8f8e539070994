/** A connection to the database that is lost in the middle of a day costs that day a second try, and nothing else. */
import { watchProgramSessions } from "@vodstation-etl/load/postgres/ProgramSessions.fixture"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { inHaste } from "./atTime.fixture.ts"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { postgresView } from "./ArchiveView.fixture.ts"
import type { Cut, DatabaseRelay } from "./DatabaseRelay.fixture.ts"
import { startDatabaseRelay } from "./DatabaseRelay.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const days = 3
let bench: Workbench
let relay: DatabaseRelay
let view: ArchiveView

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days, rowsPerDay: 1_500, stuckShare: 0, seed: 19 })
  relay = await startDatabaseRelay(bench.databaseUrl)
  view = postgresView(bench, "archive")
})

afterAll(async () => {
  await relay.close()
  await bench.close()
})

const start = (env: Readonly<Record<string, string>> = {}) =>
  startProgram(
    ["backfill", "--from", "2026-08-01", "--to", "2026-08-04", "--refresh", "--json"],
    { ...view.env, DATABASE_URL: relay.url, ...env },
    bench.home,
  )

/** Rows that have looked another way since the archive was made. */
let changes = 0
const changeWorld = () => {
  const { rows, dayStarts } = bench.simulator.world
  changes++
  for (const start of dayStarts.slice(0, days)) {
    const encoded = rows.within(start, start + 86_400_000).filter(({ outcome }) => outcome === "COMPLETE")
    rows.change(encoded[changes]!, { outputTotalSize: BigInt(changes) })
  }
}

const expectTruth = async () => {
  const { world } = bench.simulator
  const { lines } = truthOf(world, world.dayStarts[0]!, world.dayStarts[days]!)
  expect(lines.length).toBeGreaterThan(days * 1_400)
  expect(await view.lines()).toEqual(lines)
  const history = await bench.select("archive", "SELECT count(*)::int AS rows FROM encoding_history")
  expect(history).toEqual([{ rows: changes * days }])
  expect(await view.remains()).toEqual([])
}

/** What is said of a day that is begun again; which of them the system tells is chance. */
const again =
  /^warn: 127\.0\.0\.1:\d+\/\w+: merging 2026-08-0\d failed: the connection was lost \((.+)\)\. The day is read and loaded again\.$/
const waiting =
  /^warn: 127\.0\.0\.1:\d+\/\w+: the database cannot be reached \(.+\)\. Waiting for it, up to 1m\.$/

const linesOf = (stderr: string) => stderr.split("\n").slice(0, -1)

/** A run into the archive of a world that has changed since it was last read; it is complete, and so is the archive. */
const expectRunWithLoss = async (run: ReturnType<typeof start>) => {
  const { code, stdout, stderr } = await run.ended
  expect([code, stderr]).toEqual([0, expect.anything()])
  expect(JSON.parse(stdout)).toMatchObject({ outcome: "complete", days: { failed: 0 }, problems: [] })
  await expectTruth()
  return linesOf(stderr)
}

/** Every use of the archive is a transaction: the commit of a day is one that the ledger was written to before. */
const ofTheDay = { first: "INSERT INTO extraction_day", after: "COMMIT" }

const losses: ReadonlyArray<readonly [string, Cut]> = [
  ["in the middle of the COPY of a new day", { after: "COPY encoding (", bytes: 100_000 }],
  ["in the middle of the COPY of a day that is there", { after: "COPY pg_temp.staged", bytes: 100_000 }],
  ["in the merge", { after: "INSERT INTO day_difference" }],
  ["before the commit", ofTheDay],
  ["when the commit is done and its answer is on the way", { ...ofTheDay, losesAnswer: true }],
]

describe("a connection that is lost", () => {
  it.each(losses)("%s costs nothing but time", async (_, cut) => {
    if (Object.keys(await view.ledger()).length > 0) changeWorld()
    const before = relay.cuts()
    relay.cutNext(cut)
    const said = await expectRunWithLoss(start())
    expect(relay.cuts() - before).toBe(1)
    expect(said).toEqual([expect.stringMatching(again)])
  })

  it("since the server ended the session costs nothing but time", async () => {
    changeWorld()
    const sessions = await watchProgramSessions(bench.databaseUrl)
    const run = start()
    const busy = await vi.waitUntil(async () => (await sessions.busy())[0], { timeout: 20_000, interval: 1 })
    await sessions.terminate(busy.pid)
    await sessions.close()
    const said = await expectRunWithLoss(run)
    expect(said.map((line) => again.exec(line)?.[1])).toEqual([
      "terminating connection due to administrator command",
    ])
  })

  it("since the database is away for a while is waited for", async () => {
    changeWorld()
    relay.cutNext({ after: "INSERT INTO day_difference", awayMs: 1_500 })
    const said = await expectRunWithLoss(start())
    expect(said.filter((line) => waiting.test(line))).toHaveLength(1)
    expect(said.filter((line) => !waiting.test(line) && !again.test(line))).toEqual([])
  })

  it("and not waited for when the run is interrupted", async () => {
    changeWorld()
    relay.cutNext({ after: "INSERT INTO day_difference", awayMs: Infinity })
    const run = start()
    const isWaiting = () => run.saidSoFar().includes("Waiting for it")
    await vi.waitUntil(isWaiting, { timeout: 20_000, interval: 20 })
    const sentAt = Date.now()
    run.kill("SIGINT")
    const { code } = await run.ended
    await relay.comeBack()
    expect(code).toBe(130)
    expect(Date.now() - sentAt).toBeLessThan(8_000)
  })

  it("for good ends the run with exit 1 and one line, and the next run goes on", async () => {
    changeWorld()
    relay.cutNext({ after: "INSERT INTO day_difference", awayMs: Infinity })
    const { code, stdout, stderr } = await start(inHaste(40)).ended
    const line =
      /^127\.0\.0\.1:\d+\/\w+: reading the ledger failed: the connection was lost, and there was no other for 6\d s \(connect ECONNREFUSED 127\.0\.0\.1:\d+\)\. What was loaded before is safe; run the same command again to go on\.$/
    expect([code, JSON.parse(stdout)]).toMatchObject([
      1,
      {
        outcome: "failed",
        problems: [{ day: null, error: "ArchiveFailed", message: expect.stringMatching(line) }],
      },
    ])
    expect(linesOf(stderr).filter((line) => waiting.test(line))).toHaveLength(1)
    await relay.comeBack()
    const check = await startProgram(["check"], view.env, bench.home).ended
    expect([check.code, check.stdout]).toEqual([0, expect.stringContaining("whole")])
    expect(await expectRunWithLoss(start())).toEqual([])
  })
})
