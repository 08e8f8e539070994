/** A band shows every state that has room, in order, whether they lasted seconds or months. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { TimelineState } from "../EncodingData.ts"
import { manyStates, oneState, thousandStates, withdrawn } from "../encodingShapes.fixture.ts"
import { stateBand } from "./stateBand.ts"

const namesOf = (parts: ReturnType<typeof stateBand>) =>
  parts.map(({ state }) => (state === null ? "gap" : state.status))

describe("a band of states", () => {
  it("has a gap where the encoding was withdrawn", () => {
    const parts = stateBand(manyStates.timeline, manyStates.madeAt, 1000)
    expect(namesOf(parts)).toEqual([
      ...["WAITING", "RUNNING", "RUNNING", "FAILURE", "gap", "WAITING", "CANCELED", "COMPLETE"],
    ])
    expect(namesOf(stateBand(withdrawn.timeline, withdrawn.madeAt, 1000))).toEqual([null, "gap"])
  })

  it("gives one state all of it", () => {
    expect(stateBand(oneState.timeline, oneState.madeAt, 640)).toEqual([
      expect.objectContaining({ left: 0, width: 640, to: oneState.madeAt }),
    ])
  })

  it("shows the last ones of more than have room", () => {
    const parts = stateBand(thousandStates.timeline, thousandStates.madeAt, 358)
    expect(parts).toHaveLength(44)
    expect(parts.at(-1)!.state).toBe(thousandStates.timeline.at(-1))
  })

  it("covers its width without overlaps, each part wide enough to be seen, and longer ones never narrower", () => {
    const lasting = fc.integer({ min: 0, max: 1e10 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(lasting, fc.option(lasting)), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 200, max: 1200 }),
        (lengths, width) => {
          let at = 1.7e12
          const timeline = lengths.map(([lasted, gap], index): TimelineState => {
            const validFrom = at
            const validTo = at + lasted
            at = validTo + (gap ?? 0)
            return {
              ...oneState.timeline[0]!,
              validFrom,
              validTo: index === lengths.length - 1 && gap === null ? null : validTo,
            }
          })
          const parts = stateBand(timeline, at + 5000, width)
          let left = 0
          for (const part of parts) {
            expect(part.left).toBeCloseTo(left, 3)
            expect(part.width).toBeGreaterThanOrEqual(8 - 1e-6)
            left += part.width
          }
          expect(left).toBeCloseTo(width, 3)
          const widths = parts
            .toSorted((a, b) => a.to - a.from - (b.to - b.from))
            .map((part) => Math.round(part.width * 1000))
          expect(widths).toEqual(widths.toSorted((a, b) => a - b))
        },
      ),
      { numRuns: 200 },
    )
  })
})
