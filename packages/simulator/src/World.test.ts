import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { resolveOptions } from "./resolveOptions.ts"
import type { SimulatorOptions } from "./SimulatorOptions.ts"
import { World } from "./World.ts"

const NOW = Date.parse("2025-09-10T12:00:00+09:00")

const worldOf = (options: Partial<SimulatorOptions> = {}): World => {
  const { plan, behaviour } = resolveOptions({
    firstDay: "2025-09-01",
    days: 3,
    rowsPerDay: 200,
    now: NOW,
    ...options,
  })
  return new World(
    plan,
    () => behaviour,
    () => NOW,
  )
}

describe("World", () => {
  it("is the same for the same seed, whatever was looked at before", () => {
    const [a, b] = [worldOf(), worldOf()]
    b.truth(b.dayStarts[2]!, b.dayStarts[3]!)
    expect(b.truth(-Infinity, Infinity)).toEqual(a.truth(-Infinity, Infinity))
    expect(worldOf({ seed: 2 }).truth(-Infinity, Infinity)).not.toEqual(a.truth(-Infinity, Infinity))
  })

  it("has the days and rows it was told, also by a function of the day", () => {
    const world = worldOf({ rowsPerDay: (day) => (day + 1) * 10 })
    const counts = [0, 1, 2].map(
      (day) => world.truth(world.dayStarts[day]!, world.dayStarts[day + 1]!).length,
    )
    expect(counts).toEqual([10, 20, 30])
    expect(new Date(world.dayStarts[0]!).toISOString()).toBe("2025-08-31T15:00:00.000Z")
    expect(world.dayStarts).toHaveLength(4)
  })

  it("finds the rows of a range, also with rows added on all sides", () => {
    const world = worldOf()
    const [first, , , last] = world.dayStarts
    for (const ms of [first! - 5_000, first!, last! - 1, last!, last! + 5_000])
      world.rows.add({ requestTimeMs: ms })
    const times = world.rows.within(-Infinity, Infinity).map((row) => row.requestTimeMs)
    expect(times).toHaveLength(605)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    const moment = fc.oneof(
      fc.constantFrom(...times, ...world.dayStarts),
      fc.integer({ min: first! - 10_000, max: last! + 10_000 }),
    )
    fc.assert(
      fc.property(moment, moment, (from, before) => {
        expect(world.rows.within(from, before).map((row) => row.requestTimeMs)).toEqual(
          times.filter((ms) => ms >= from && ms < before),
        )
      }),
    )
  })

  it("knows of rows from their request on", () => {
    const world = worldOf()
    const at = world.dayStarts[1]! + 43_200_000
    const known = world.truth(-Infinity, Infinity, at)
    expect(known.every((row) => row.requestTimeMs <= at)).toBe(true)
    expect(known.length).toBeGreaterThan(200)
    expect(known.length).toBeLessThan(400)
    expect(known.some((row) => row.status === "WAITING" || row.status === "RUNNING")).toBe(true)
  })

  it("lets a test add, change, move and take out rows, of any day and state", () => {
    const world = worldOf()
    const all = () => world.rows.within(-Infinity, Infinity)
    const target = all()[250]!
    const changed = world.rows.change(target, { outcome: "PAUSED", endMs: NOW - 1 })
    expect(world.truth(target.requestTimeMs, target.requestTimeMs + 1).map((row) => row.status)).toContain(
      "PAUSED",
    )
    const moved = world.rows.change(changed, { requestTimeMs: world.dayStarts[0]! })
    expect(all()[0]).toEqual(moved)
    expect(all()).toHaveLength(600)
    expect(() => world.rows.change(target, { outcome: "FAILURE" })).toThrow(/no row/)
    expect([world.rows.remove(moved), world.rows.remove(moved)]).toEqual([true, false])
    expect(all()).toHaveLength(599)
    world.rows.clear(world.dayStarts[1], world.dayStarts[2])
    expect(all()).toHaveLength(400)
    world.rows.clear()
    expect(all()).toEqual([])
    expect(worldOf().rows.within(-Infinity, Infinity)).toHaveLength(600)
  })

  it("makes a day of 300,000 rows without much ado", () => {
    const world = worldOf({ days: 1, rowsPerDay: 300_000 })
    const before = process.memoryUsage.rss()
    const started = performance.now()
    const [part] = world.parts(world.dayStarts[0]! + 1_000, world.dayStarts[1]!)
    expect(part!.day.count).toBe(300_000)
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6)
  })
})
