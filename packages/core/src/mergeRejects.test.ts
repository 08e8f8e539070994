import { describe, expect, it } from "vitest"
import type { StoredReject } from "./mergeRejects.ts"
import { mergeRejects } from "./mergeRejects.ts"

const reject = (fingerprint: string, count = 1) => ({
  fingerprint,
  reason: "not an object",
  payload: `"${fingerprint}"`,
  count,
})
const stored = (fingerprint: string, count = 1): StoredReject => ({
  ...reject(fingerprint, count),
  firstSeenAt: 10,
  runId: "first",
})
const strong = { readAt: 20, runId: "second", strong: true }
const weak = { ...strong, strong: false }

describe("merging rejects", () => {
  it("keeps those that it knew, since when, and takes their new count", () => {
    expect(mergeRejects([stored("a", 3)], [reject("a", 2)], strong)).toEqual([stored("a", 2)])
    expect(mergeRejects([stored("a", 3)], [reject("a", 2)], weak)).toEqual([stored("a", 2)])
  })

  it("dates new ones by the reading that showed them", () => {
    expect(mergeRejects([], [reject("a")], strong)).toEqual([
      { ...reject("a"), firstSeenAt: 20, runId: "second" },
    ])
  })

  it("lets go of what a strong reading no longer shows, and only a strong one", () => {
    expect(mergeRejects([stored("a"), stored("b")], [reject("b")], strong)).toEqual([stored("b")])
    expect(mergeRejects([stored("a"), stored("b")], [reject("b")], weak)).toEqual([stored("a"), stored("b")])
    expect(mergeRejects([stored("a")], [], strong)).toEqual([])
  })

  it("takes the reason of the reading: a later version may give another", () => {
    const incoming = { ...reject("a"), reason: "no readable categoryId" }
    expect(mergeRejects([stored("a")], [incoming], strong)[0]?.reason).toBe("no readable categoryId")
  })

  it("sorts them by fingerprint", () => {
    const merged = mergeRejects([stored("c"), stored("a")], [reject("d"), reject("b")], weak)
    expect(merged.map(({ fingerprint }) => fingerprint)).toEqual(["a", "b", "c", "d"])
  })

  it("changes nothing when the same reading is merged again", () => {
    const incoming = [reject("b", 2), reject("a")]
    const once = mergeRejects([stored("a"), stored("z")], incoming, strong)
    expect(mergeRejects(once, incoming, { readAt: 30, runId: "third", strong: true })).toEqual(once)
  })
})
