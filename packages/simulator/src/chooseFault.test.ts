import { describe, expect, it } from "vitest"
import { chooseFault } from "./chooseFault.ts"
import type { FaultKind } from "./FaultKind.ts"
import { seenRequest } from "./SeenRequest.ts"
import { type BehaviourOptions, defaultBehaviour } from "./SimulatorOptions.ts"

const chosen = (options: Partial<BehaviourOptions>, seed = 1): ReadonlyArray<FaultKind | null> =>
  Array.from({ length: 4_000 }, (_, index) =>
    chooseFault(seenRequest(index + 1, "GET", "/api/v2/status"), { ...defaultBehaviour, ...options }, seed),
  )

describe("chooseFault", () => {
  it("leaves requests alone unless told otherwise", () => {
    expect(new Set(chosen({}))).toEqual(new Set([null]))
  })

  it("meets the share, the same requests for the same seed", () => {
    const faults = chosen({ faults: 0.2 })
    expect(faults.filter((kind) => kind !== null).length / faults.length).toBeCloseTo(0.2, 1)
    expect(chosen({ faults: 0.2 })).toEqual(faults)
    expect(chosen({ faults: 0.2 }, 2)).not.toEqual(faults)
  })

  it("never ends a run or waits out a timeout by default", () => {
    const kinds = new Set(chosen({ faults: 1 }))
    for (const kind of ["quota", "unauthorized", "stall", "stallInBody", null] as const)
      expect(kinds.has(kind)).toBe(false)
    expect(kinds.size).toBe(17)
  })

  it("weighs the kinds", () => {
    const faults = chosen({ faults: 1, faultKinds: { throttled: 3, reset: 1 } })
    expect(new Set(faults)).toEqual(new Set(["throttled", "reset"]))
    expect(faults.filter((kind) => kind === "throttled").length / faults.length).toBeCloseTo(0.75, 1)
  })

  it("follows a plan before chance, and the quota before all", () => {
    const faults = chosen({
      faults: 1,
      faultKinds: { reset: 1 },
      faultPlan: ({ number }) => (number === 1 ? "stall" : number === 2 ? null : undefined),
      quotaAfterRequests: 3,
    })
    expect(faults.slice(0, 5)).toEqual(["stall", null, "reset", "quota", "quota"])
  })
})
