import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Encoding, Reject } from "./Encoding.ts"
import { encodings, ordinaryEncoding } from "./encoding.arbitrary.ts"
import { SnapshotDigest } from "./SnapshotDigest.ts"

const digestOf = (rows: ReadonlyArray<Encoding>, rejects: ReadonlyArray<Reject> = []): string => {
  const digest = new SnapshotDigest()
  for (const row of rows) digest.addRow(row)
  for (const reject of rejects) digest.addReject(reject)
  return digest.toString()
}

const [row] = fc.sample(ordinaryEncoding, { numRuns: 1, seed: 1 }) as [Encoding]
const reject: Reject = { fingerprint: "ab".repeat(32), reason: "not an object", payload: "null" }

describe("the digest of a snapshot", () => {
  it("has 32 hexadecimal digits, zeros for nothing", () => {
    expect(digestOf([])).toBe("0".repeat(32))
    expect(digestOf([row])).toMatch(/^[0-9a-f]{32}$/)
  })

  it("is the same in whichever order the rows and rejects come", () => {
    fc.assert(
      fc.property(
        encodings.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        ([rows, shuffled]) => {
          const digest = new SnapshotDigest()
          digest.addReject(reject)
          for (const row of shuffled) digest.addRow(row)
          expect(digest.toString()).toBe(digestOf(rows, [reject]))
        },
      ),
    )
  })

  it("counts equal rows: two twins are not none, and not one", () => {
    expect(
      new Set([0, 1, 2, 3].map((count) => digestOf(Array.from({ length: count }, () => row)))).size,
    ).toBe(4)
  })

  it.each<[string, Partial<Encoding>]>([
    ["categoryId", { categoryId: 1n }],
    ["filePath", { filePath: "x" }],
    ["outputType", { outputType: "x" }],
    ["categoryName", { categoryName: "x" }],
    ["categoryName that is not there", { categoryName: null }],
    ["status", { status: "PAUSED" }],
    ["link", { link: "x" }],
    ["percent", { percent: 12.5 }],
    ["outputTotalSize", { outputTotalSize: 7n }],
    ["lastWorkTime", { lastWorkTime: 1_631_380_000_001 }],
    ["anomalies", { anomalies: ["percent: not a number"] }],
    ["raw", { raw: "{}" }],
    ["requestedFrom", { requestedFrom: row.requestedFrom + 1 }],
    ["requestedBefore", { requestedBefore: row.requestedBefore - 1 }],
  ])("changes with %s", (_, change) => {
    expect(digestOf([{ ...row, ...change }])).not.toBe(digestOf([row]))
  })

  it("changes with a reject and its reason", () => {
    const digests = [
      digestOf([row]),
      digestOf([row], [reject]),
      digestOf([row], [{ ...reject, reason: "else" }]),
    ]
    expect(new Set(digests).size).toBe(3)
  })

  it("does not take text for a border between columns", () => {
    expect(digestOf([{ ...row, filePath: "a", outputType: "bc" }])).not.toBe(
      digestOf([{ ...row, filePath: "ab", outputType: "c" }]),
    )
  })
})
