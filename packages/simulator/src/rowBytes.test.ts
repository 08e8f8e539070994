import { describe, expect, it } from "vitest"
import { looseKinds, readableKinds, rejectedKinds, unreadableKinds, type LooseKind } from "./LooseKind.ts"
import { resolveOptions } from "./resolveOptions.ts"
import { asServed, rowBytes, type ShapeOptions } from "./rowBytes.ts"
import { stateAt, type TrueRow } from "./TrueRow.ts"
import { World } from "./World.ts"

const NOW = Date.parse("2025-09-02T00:10:00+09:00")
const SEED = 5

const { plan, behaviour } = resolveOptions({
  firstDay: "2025-09-01",
  days: 2,
  rowsPerDay: 800,
  now: NOW,
  hugeShare: 0.05,
  stuckShare: 0.02,
  canceledShare: 0.05,
})
const world = new World(
  plan,
  () => behaviour,
  () => NOW,
)
const rows = world.rows.within(-Infinity, NOW + 1)

const shape = (changes: Partial<ShapeOptions>): ShapeOptions => ({
  generation: "current",
  mixing: "field",
  looseness: 0,
  looseKinds: [],
  ...changes,
})

const textOf = (row: TrueRow, options: ShapeOptions) =>
  Buffer.from(rowBytes(row, NOW, options, SEED), "latin1").toString("utf8")

/** Reads a time in any documented shape. */
const readTime = (value: unknown): number | null => {
  if (typeof value === "number") return value
  if (typeof value === "string") {
    if (/^\d+$/.test(value)) return Number(value)
    const ms = Date.parse(/[Z+]/.test(value.slice(19)) ? value : `${value}+09:00`)
    return Number.isNaN(ms) ? null : ms
  }
  if (typeof value !== "object" || value === null) return null
  if ("time" in value) return Number(value.time)
  return "epochSecond" in value && "nano" in value
    ? Number(value.epochSecond) * 1000 + Number(value.nano) / 1e6
    : null
}

/** Reads a whole number exactly from the JSON text of a row. */
const readLong = (json: string, name: string): bigint | null => {
  const digits = new RegExp(`"${name}":"?(\\d+)"?[,}]`).exec(json)?.[1]
  return digits === undefined ? null : BigInt(digits)
}

const readText = (value: unknown): string | null => (typeof value === "string" ? value : null)
const readPath = (value: unknown): string =>
  (typeof value === "number" ? String(value) : (readText(value) ?? ""))
    .toWellFormed()
    .replaceAll("\0", "\uFFFD")

/** What a careful reader makes of a row's JSON. */
const read = (json: string) => {
  const row: Record<string, unknown> = JSON.parse(json)
  const percent = /^([\d.]+)%?$/.exec(String(row["percent"]))?.[1]
  return {
    categoryId: readLong(json, "categoryId"),
    categoryName: readText(row["categoryName"]),
    filePath: readPath(row["filePath"]),
    outputType: readPath(row["outputType"]),
    link: readText(row["link"]) || null,
    outputTotalSize: readLong(json, "outputTotalSize"),
    lastWorkTimeMs: readTime(row["lastWorkTime"]),
    status: readText(row["status"])?.toUpperCase() ?? null,
    percent: percent === undefined ? null : Number(percent),
  }
}

const expectTruth = (options: ShapeOptions): void => {
  const served = rows.map((row) => asServed(row, NOW, options, SEED))
  expect(served.map(({ json }) => json)).toEqual(rows.map((row) => textOf(row, options)))
  const marked = served.map(({ rejected, unreadable, json }) => ({
    ...read(json),
    rejected,
    unreadable,
    json,
  }))
  expect(marked).toEqual(served)
}

const marks = (kind: LooseKind) => {
  const served = rows.map((row) => asServed(row, NOW, shape({ looseness: 1, looseKinds: [kind] }), SEED))
  return {
    unreadable: served.filter((row) => row.unreadable.length > 0).length,
    rejected: served.filter((row) => row.rejected).length,
  }
}

describe("rowBytes", () => {
  it("covers all states", () => {
    const states = new Set(rows.map((row) => stateAt(row, NOW).status))
    expect(states).toEqual(new Set(["WAITING", "RUNNING", "COMPLETE", "FAILURE", "CANCELED"]))
    expect(rows.some((row) => row.categoryId > 2n ** 53n)).toBe(true)
  })

  it("serves the current documentation's types", () => {
    expectTruth(shape({}))
    const done = rows.find((row) => stateAt(row, NOW).status === "COMPLETE")!
    expect(
      Object.entries(JSON.parse(textOf(done, shape({})))).map(([name, value]) => `${name} ${typeof value}`),
    ).toEqual([
      "categoryId number",
      "categoryName string",
      "filePath string",
      "outputType string",
      "link string",
      "outputTotalSize number",
      "lastWorkTime string",
      "status string",
      "percent number",
    ])
    expect(textOf(done, shape({}))).toMatch(/"lastWorkTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0900"/)
  })

  it("leaves out of a waiting row what there is not yet, and blanks its path", () => {
    const waiting = rows.find((row) => stateAt(row, NOW).status === "WAITING")!
    const served: Record<string, unknown> = JSON.parse(textOf(waiting, shape({})))
    expect(served["filePath"]).toBe("")
    expect("link" in served || "outputTotalSize" in served).toBe(false)
  })

  it("serves the old documentation's types", () => {
    const old = shape({ generation: "old" })
    expectTruth(old)
    const done = rows.find((row) => stateAt(row, NOW).status === "COMPLETE")!
    const types = Object.values(JSON.parse(textOf(done, old))).map((value) => typeof value)
    expect(types.join(" ")).toBe("string string string string boolean string object string string")
  })

  it.each(["row", "field"] as const)("mixes both by %s", (mixing) => {
    const mixed = shape({ generation: "mixed", mixing })
    expectTruth(mixed)
    const generations = rows.map((row) => {
      const fields: Record<string, unknown> = JSON.parse(textOf(row, mixed))
      return `${typeof fields["categoryId"]} ${typeof fields["percent"]}`
    })
    const seen = new Set(generations)
    expect(seen.size).toBe(mixing === "row" ? 2 : 4)
  })

  it.each([...readableKinds, ...unreadableKinds])("tells the truth about %s", (kind) => {
    expect.hasAssertions()
    expectTruth(shape({ looseness: 1, looseKinds: [kind] }))
    expectTruth(shape({ generation: "old", looseness: 1, looseKinds: [kind] }))
  })

  it("tells the truth about all kinds at once, in a share of the rows", () => {
    const loose = shape({ generation: "mixed", looseness: 0.3 })
    expectTruth(loose)
    const plain = shape({ generation: "mixed" })
    const odd = rows.filter((row) => textOf(row, loose) !== textOf(row, plain)).length / rows.length
    expect(odd).toBeGreaterThan(0.2)
    expect(odd).toBeLessThan(0.31)
  })

  it.each(looseKinds)("makes some row %s", (kind: LooseKind) => {
    // One kind is the plain shape of the current generation.
    const generation = kind === "timeBasicOffset" ? "old" : "current"
    const loose = shape({ generation, looseness: 1, looseKinds: [kind] })
    expect(rows.some((row) => textOf(row, loose) !== textOf(row, shape({ generation })))).toBe(true)
  })

  it("marks fields that cannot be read and rows that have no identity", () => {
    for (const kind of readableKinds) expect(marks(kind)).toEqual({ unreadable: 0, rejected: 0 })
    for (const kind of unreadableKinds) expect(marks(kind)).toEqual({ unreadable: rows.length, rejected: 0 })
    for (const kind of rejectedKinds) expect(marks(kind)).toEqual({ unreadable: 0, rejected: rows.length })
  })

  it("serves a row unchanged for as long as its state is the same", () => {
    const loose = shape({ generation: "mixed", looseness: 1 })
    const done = rows.filter((row) => NOW >= row.endMs)
    for (const row of done.slice(0, 300)) {
      expect(rowBytes(row, NOW + 86_400_000, loose, SEED)).toBe(rowBytes(row, NOW, loose, SEED))
    }
  })

  it("serves hand-written JSON as it is", () => {
    const json = '{"categoryId": 1e3, "이름": "\\u0000"}'
    expect(textOf({ ...rows[0]!, json }, shape({ looseness: 1 }))).toBe(json)
    expect(asServed({ ...rows[0]!, json }, NOW, shape({}), SEED).json).toBe(json)
  })
})
