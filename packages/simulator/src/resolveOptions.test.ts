import { describe, expect, it } from "vitest"
import { resolveOptions } from "./resolveOptions.ts"
import { defaultBehaviour } from "./SimulatorOptions.ts"

describe("resolveOptions", () => {
  it("ends the world on the day of now in the world's zone", () => {
    const now = Date.parse("2025-09-10T23:30:00Z")
    expect(resolveOptions({ now }).plan).toMatchObject({ firstDay: "2025-09-04", days: 8, slowDay: 4 })
    expect(resolveOptions({ now, zone: "UTC", days: 3 }).plan.firstDay).toBe("2025-09-08")
  })

  it("keeps the world's options out of the behaviour and leaves other defaults alone", () => {
    const { behaviour, plan } = resolveOptions({ seed: 9, drift: 0.5, looseness: 0.2 })
    expect(behaviour).toEqual({ ...defaultBehaviour, drift: 0.5, looseness: 0.2 })
    expect(plan).toMatchObject({ seed: 9, hugeShare: 0.02 })
  })

  it.each([
    [{ days: -1 }, /days/],
    [{ rowsPerDay: 1.5 }, /rowsPerDay/],
    [{ port: 70_000 }, /port/],
    [{ drift: 1.1 }, /drift/],
    [{ faults: Number.NaN }, /faults/],
    [{ credentials: [] }, /credentials/],
  ])("refuses %o by name", (options, name) => {
    expect(() => resolveOptions(options)).toThrow(name)
  })
})
