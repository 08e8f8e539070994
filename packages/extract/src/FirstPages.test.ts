import * as fc from "fast-check"
import { expect, it } from "vitest"
import { FirstPages } from "./FirstPages.ts"

it("tells of each identity the page on which it was seen first, as a Map would", () => {
  // Alike in their last bits, so that they stand in each other's way.
  const identity = fc.oneof(
    fc.nat(20).map((n) => n * 2 ** 32),
    fc.maxSafeNat(),
    fc.constantFrom(0, Number.MAX_SAFE_INTEGER),
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(identity, fc.integer({ min: 1, max: 5 })), { maxLength: 3_000, size: "max" }),
      (seen) => {
        const first = new Map<number, number>()
        const pages = new FirstPages()
        for (const [identity, page] of seen) {
          if (!first.has(identity)) first.set(identity, page)
          if (pages.see(identity, page) !== first.get(identity)) throw new Error(`${identity} on ${page}`)
        }
        expect(pages.size).toBe(first.size)
      },
    ),
    { numRuns: 50 },
  )
})
