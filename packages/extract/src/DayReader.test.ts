/** Reading whole days from a real gateway on loopback: page sizes, cells, moving lists, days that have not ended. */
import { Duration, Effect, Option } from "effect"
import { describe, expect, it } from "vitest"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { timeZone, workDay } from "@vodstation-etl/core/WorkDay"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import type { DayReaderOptions } from "./DayReader.ts"
import { DayReader } from "./DayReader.ts"
import type { StatusListOptions } from "./StatusList.ts"
import { StatusList } from "./StatusList.ts"
import { readerOf } from "./simulatedGateway.fixture.ts"

const seoul = Option.getOrThrow(timeZone("Asia/Seoul"))
const day = workDay("2026-08-01", seoul)
const hour = 3_600_000

const readDay = (
  gateway: Partial<SimulatorOptions>,
  options: Partial<DayReaderOptions & StatusListOptions> = {},
  read: WorkDay = day,
  askedBefore: ReadonlyArray<WorkDay> = [],
) =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({ firstDay: "2026-08-01", days: 1, rowsPerDay: 900, ...gateway })
    const rows: Array<Encoding> = []
    const rejects: Array<Reject> = []
    const reading = yield* Effect.gen(function* () {
      const { total } = yield* StatusList
      for (const { start, end } of askedBefore) yield* total({ from: start, before: end })
      return yield* (yield* DayReader).read(read, {
        take: (taken, refused) =>
          Effect.sync(() => {
            rows.push(...taken)
            rejects.push(...refused)
          }),
      })
    }).pipe(Effect.provide(readerOf(simulator, { concurrency: 4, pageSize: 1000, ...options })))
    const truth = simulator.world.truth(read.start, read.end)
    return {
      reading,
      rows,
      rejects,
      truth,
      requests: simulator.stats().requests,
      targets: simulator.stats().targets,
    }
  }).pipe(Effect.scoped, Effect.runPromise)

const namesOf = (rows: ReadonlyArray<{ readonly filePath: string; readonly outputType: string }>) =>
  rows.map((row) => `${row.filePath} ${row.outputType}`).toSorted()

describe("a day that is over", () => {
  it("is read in one request where a page holds it, and told whole", async () => {
    const twoDays = { ...day, end: day.end + 24 * hour }
    const { reading, rows, truth, requests } = await readDay({ days: 2 }, {}, day, [twoDays])
    expect(requests).toBe(2)
    expect(namesOf(rows)).toEqual(namesOf(truth))
    expect(reading).toMatchObject({
      workDate: "2026-08-01",
      proof: "single-page",
      strong: true,
      settled: true,
      apiTotal: 900,
      rowCount: 900,
      requests: 1,
      pages: 1,
    })
  })

  it("has its total checked where the gateway has not yet told of more rows than the page holds", async () => {
    const { reading, requests } = await readDay({})
    // A wider window holds no more here, so that both halves of the day are counted as well.
    expect(requests).toBe(1 + 3)
    expect(reading).toMatchObject({ proof: "single-page", rowCount: 900, requests: 4, pages: 1 })
    expect((await readDay({ days: 2 })).reading).toMatchObject({ requests: 2, pages: 1 })
  })

  it("does not close where the gateway cuts pages and totals alike", async () => {
    const cut = readDay({ pageCap: 300, totalSaturatesAt: 300 })
    await expect(cut).rejects.toThrow("there are 300 rows, and its parts hold more of them together")
  })

  it("is read whole whatever size of page is served, asked for and capped silently", async () => {
    const { reading, rows, truth } = await readDay({ pageCap: 130 })
    expect(namesOf(rows)).toEqual(namesOf(truth))
    expect(reading).toMatchObject({ apiTotal: 900, rowCount: 900, settled: true })
  })

  it("halves a page size that is refused until it is served", async () => {
    const { rows, truth, targets } = await readDay({ pageCap: 130, abovePageCap: "refuse" })
    expect(namesOf(rows)).toEqual(namesOf(truth))
    const sizes = targets.map((target) =>
      Number(new URL(target, "http://host").searchParams.get("pageSizeNo")),
    )
    // Pages of 10 are asked for where only the total is wanted.
    const ofRows = sizes.filter((size) => size !== 10)
    expect(ofRows.slice(0, 4)).toEqual([1000, 500, 250, 125])
    expect(new Set(ofRows.slice(4))).toEqual(new Set([125]))
  })

  it.each(["empty", "repeatLast", "error"] as const)(
    "is proven where the page past the end is %s",
    async (pastTheEnd) => {
      const { reading, rows, truth } = await readDay(
        { pastTheEnd, rowsPerDay: 300, twinShare: 0 },
        { pageSize: 100 },
      )
      expect(namesOf(rows)).toEqual(namesOf(truth))
      expect(reading.proof).toBe("pigeonhole")
    },
  )

  it("is read whole while rows move between any two requests", async () => {
    const { rows, truth } = await readDay({ drift: 0.05 }, { pageSize: 50 })
    expect(namesOf(rows)).toEqual(namesOf(truth))
  })

  it("fails by name where the total says less than there is", async () => {
    const failed = readDay({ totalSaturatesAt: 100 }, { pageSize: 100 })
    await expect(failed).rejects.toThrow(
      /2026-08-01: the list from .* there are 100 rows, and its parts hold more of them together/,
    )
  })

  it("keeps rejects, and proves them by one page each time", async () => {
    const { reading, rows, rejects, truth } = await readDay(
      { looseness: 0.05, looseKinds: ["categoryIdAbsent"] },
      { pageSize: 100 },
    )
    const rejected = truth.filter((row) => row.asServed.rejected)
    expect(rejected.length).toBeGreaterThan(10)
    expect(rejects.map((reject) => reject.payload).toSorted()).toEqual(
      rejected.map((row) => row.asServed.json).toSorted(),
    )
    expect(rows.length + rejects.length).toBe(truth.length)
    expect(reading).toMatchObject({ rejectedRows: rejects.length, proof: "single-page", strong: true })
  })
})

describe("the grid", () => {
  it("fails by name where rows at the borders of cells are in none of them, though no cell shows it", async () => {
    const lossy = { boundUnit: "min", boundCut: "bounds" } as const
    await expect(readDay(lossy, { resolution: hour })).rejects.toThrow(
      /says that it holds 900 rows, but its 24 parts hold/,
    )
  })

  it("tells the request time of each row to a cell, and the same rows as without", async () => {
    // Twins have one name and two request times.
    const whole = await readDay({ twinShare: 0 })
    const cells = await readDay({ twinShare: 0 }, { resolution: hour })
    expect(namesOf(cells.rows)).toEqual(namesOf(whole.rows))
    // One for each cell, and one for the whole day, which they must add up to.
    expect(cells.requests).toBe(25)
    const requestTimes = new Map(
      cells.truth.map((row) => [`${row.filePath} ${row.outputType}`, row.requestTimeMs]),
    )
    for (const row of cells.rows) {
      expect(row.requestedBefore - row.requestedFrom).toBe(hour)
      const at = requestTimes.get(`${row.filePath} ${row.outputType}`)!
      expect(at).toBeGreaterThanOrEqual(row.requestedFrom)
      expect(at).toBeLessThan(row.requestedBefore)
    }
  })

  it("shows nothing of the cuts that a proof needed", async () => {
    const { rows } = await readDay({ drift: 0.05 }, { pageSize: 50 })
    expect(new Set(rows.map((row) => [row.requestedFrom, row.requestedBefore].join(" ")))).toEqual(
      new Set([`${day.start} ${day.end}`]),
    )
  })
})

describe("a day that is not over", () => {
  // Signed by our clock, so that the gateway's must be the same: today, whatever the time.
  const today = (): WorkDay => {
    const now = Date.now()
    return { date: "2026-08-02", start: now - 12 * hour, end: now + 12 * hour }
  }

  it("is read up to five minutes ago, and is not settled", async () => {
    const open = today()
    const { reading, targets } = await readDay({}, {}, open)
    const to = Number(new URL(targets[0]!, "http://host").searchParams.get("workStartTimeTo"))
    expect(Math.abs(Date.now() - 5 * 60_000 - to)).toBeLessThan(10_000)
    expect(reading.settled).toBe(false)
  })

  it("is not asked for before it has begun, and such a reading is not strong", async () => {
    const now = Date.now()
    const { reading, requests } = await readDay(
      {},
      {},
      { date: "2026-08-02", start: now - 60_000, end: now + 24 * hour },
    )
    expect(requests).toBe(0)
    expect(reading).toMatchObject({ strong: false, settled: false, rowCount: 0 })
  })

  it("that has just ended is not settled before the settling time has passed", async () => {
    const now = Date.now()
    const ended = { date: "2026-08-02", start: now - 24 * hour, end: now - 30 * 60_000 }
    expect((await readDay({}, {}, ended)).reading.settled).toBe(false)
    expect((await readDay({}, { settle: Duration.minutes(10) }, ended)).reading.settled).toBe(true)
  })
})
