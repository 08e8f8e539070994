import * as fc from "fast-check"
import { expect, it } from "vitest"
import { compareUtf8 } from "./compareUtf8.ts"

it("orders text as its UTF-8 bytes", () => {
  // Near the borders of 1, 2, 3 and 4 bytes, and where UTF-16 orders differently: U+E000 to U+FFFF and U+10000 on.
  const unit = fc.oneof(
    fc.constantFrom(
      "a",
      "b",
      "\u007f",
      "\u0080",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\ue000",
      "\uffff",
      "\u{10000}",
      "\u{10ffff}",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  )
  const text = fc.array(unit, { maxLength: 6 }).map((units) => units.join("").toWellFormed())
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
    { numRuns: 2_000 },
  )
})

it("differs from the order of UTF-16 where UTF-8 does", () => {
  expect(["\u{1f600}", "\uffff"].toSorted()).toEqual(["\u{1f600}", "\uffff"])
  expect(compareUtf8("\u{1f600}", "\uffff")).toBeGreaterThan(0)
  expect(["\u{1f600}", "\uffff", "b", "", "ab", "a"].toSorted(compareUtf8)).toEqual([
    "",
    "a",
    "ab",
    "b",
    "\uffff",
    "\u{1f600}",
  ])
})
