import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Encoding } from "./Encoding.ts"
import { compareIdentities, compareKeys, compareTwins, stateOf } from "./compareEncodings.ts"
import { encoding, encodings, ordinaryEncoding } from "./encoding.arbitrary.ts"

const [row] = fc.sample(ordinaryEncoding, { numRuns: 1, seed: 1 }) as [Encoding]
const pairs = fc.tuple(fc.oneof(ordinaryEncoding, encoding), fc.oneof(ordinaryEncoding, encoding))

describe("orders", () => {
  it("has the identity go by category as a number, then path, then output type", () => {
    const identity = (categoryId: bigint, filePath: string, outputType: string) => ({
      categoryId,
      filePath,
      outputType,
    })
    const sorted = [
      identity(-1n, "z", "z"),
      identity(2n, "z", "z"),
      identity(10n, "", "z"),
      identity(10n, "a", ""),
      identity(10n, "a", "b"),
      identity(10n, "\uffff", "a"),
      identity(10n, "😀", "a"),
      identity(9223372036854775807n, "", ""),
    ]
    expect(sorted.toReversed().toSorted(compareIdentities)).toEqual(sorted)
    expect(compareKeys({ ...sorted[0]!, occurrence: 2 }, { ...sorted[0]!, occurrence: 10 })).toBeLessThan(0)
    expect(compareKeys({ ...sorted[0]!, occurrence: 9 }, { ...sorted[1]!, occurrence: 1 })).toBeLessThan(0)
  })

  it("has twins go by last work time first, NULL before all", () => {
    const twins = [null, -5, 0, 7].map((lastWorkTime) => ({ ...row, lastWorkTime, status: "x" }))
    expect(twins.toReversed().toSorted(compareTwins)).toEqual(twins)
  })

  it("is a total order of rows: antisymmetric and transitive", () => {
    fc.assert(
      fc.property(pairs, encoding, ([a, b], c) => {
        expect(Math.sign(compareTwins(a, b))).toBe(-Math.sign(compareTwins(b, a)) + 0)
        const [x, y, z] = [a, b, c].toSorted(compareTwins) as [Encoding, Encoding, Encoding]
        expect(compareTwins(x, z)).toBeLessThanOrEqual(0)
        expect(compareTwins(x, y)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it("sorts rows to the same sequence of states in whichever order they came", () => {
    fc.assert(
      fc.property(
        encodings.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        ([rows, shuffled]) => {
          expect(shuffled.toSorted(compareTwins).map(stateOf)).toEqual(
            rows.toSorted(compareTwins).map(stateOf),
          )
        },
      ),
    )
  })
})

describe("the state of a row", () => {
  const stateful = {
    categoryName: "other",
    status: "PAUSED",
    link: "http://x",
    percent: 1.5,
    outputTotalSize: 3n,
    lastWorkTime: 12,
    anomalies: ["percent: not a number"],
    raw: "{}",
  }

  it.each(Object.entries(stateful))("differs where %s does", (column, value) => {
    expect(stateOf({ ...row, [column]: value })).not.toBe(stateOf(row))
  })

  it("is the same whatever the identity and the requested range are", () => {
    expect(stateOf({ ...row, filePath: "x", requestedFrom: 1, requestedBefore: 2 })).toBe(stateOf(row))
  })

  it("tells NULL from the empty string and from text that says null", () => {
    const states = [null, "", "null"].map((link) => stateOf({ ...row, link }))
    expect(new Set(states).size).toBe(3)
  })

  it("is equal exactly where no column of it differs", () => {
    const columns = Object.keys(stateful) as ReadonlyArray<keyof typeof stateful>
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const same = columns.every(
          (column) =>
            JSON.stringify(String(a[column])) === JSON.stringify(String(b[column])) &&
            (a[column] === null) === (b[column] === null),
        )
        expect(stateOf(a) === stateOf(b)).toBe(same)
        expect(stateOf(a)).toBe(stateOf(structuredClone(a)))
      }),
    )
  })
})
