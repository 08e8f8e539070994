import { describe, expect, it } from "vitest"
import { WalkRecord } from "./WalkRecord.ts"

describe("whether a walk is worth trying", () => {
  it("says yes, however long it is, until one failed", () => {
    expect(new WalkRecord().isWorthTrying(1_000)).toBe(true)
  })

  it("is not where one of half its length failed, and a failure of 2 pages ends them all", () => {
    const walks = new WalkRecord()
    walks.failed(20)
    expect([walks.isWorthTrying(11), walks.isWorthTrying(10)]).toEqual([false, true])
    walks.failed(2)
    expect(walks.isWorthTrying(2)).toBe(false)
  })

  it("is again where a walk of half its length has proved since", () => {
    const walks = new WalkRecord()
    walks.failed(20)
    walks.proved(8)
    expect(walks.isWorthTrying(16)).toBe(true)
  })

  it("is tried again after a while, since lists come to rest", () => {
    const walks = new WalkRecord()
    walks.failed(20)
    let passedOver = 0
    while (!walks.isWorthTrying(20)) passedOver++
    expect(passedOver).toBeGreaterThan(20)
    expect(passedOver).toBeLessThan(60)
  })
})
