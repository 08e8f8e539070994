import { describe, expect, it } from "vitest"
import { RateGate } from "./RateGate.ts"

describe("RateGate", () => {
  it("admits a second's worth at once, then what time brings", () => {
    const gate = new RateGate()
    const admitted = (nowMs: number, tries: number) =>
      Array.from({ length: tries }, () => gate.admits(10, nowMs)).filter(Boolean).length
    expect(admitted(0, 15)).toBe(10)
    expect(admitted(99, 5)).toBe(0)
    expect(admitted(500, 15)).toBe(5)
    expect(admitted(100_000, 15)).toBe(10)
  })
})
