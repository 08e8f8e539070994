/** What single pages prove of a list that moves from page to page: so many rows of a name, and no more. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { pageOfRows } from "./ReadPage.ts"
import { rowsShownAtOnce } from "./rowsShownAtOnce.ts"

/** A row of a name: in upper case it has ended, in lower case it has not. */
const row = (letter: string, link: string | null = null): Encoding => ({
  categoryId: 1n,
  filePath: letter.toUpperCase(),
  outputType: "",
  categoryName: null,
  status: letter === letter.toUpperCase() ? "COMPLETE" : "RUNNING",
  link,
  percent: null,
  outputTotalSize: null,
  lastWorkTime: null,
  requestedFrom: 0,
  requestedBefore: 1,
  anomalies: [],
  raw: null,
})

const reject = (fingerprint: string): Reject => ({ fingerprint, reason: "r", payload: fingerprint })

const pagesOf = (texts: ReadonlyArray<string>, rejects: ReadonlyArray<string> = []) =>
  texts.map((text, index) =>
    pageOfRows(9, {
      rows: [...text].map((letter) => row(letter)),
      rejectedRows: [...(rejects[index] ?? "")].map(reject),
    }),
  )

const keptOf = (texts: ReadonlyArray<string>, rejects?: ReadonlyArray<string>) => {
  const kept = rowsShownAtOnce(pagesOf(texts, rejects))
  return [
    kept.map((page) =>
      page
        .read()
        .rows.map(({ filePath }) => filePath)
        .join(""),
    ),
    kept.map((page) => page.rejects.join("")),
  ]
}

describe("of the rows of one name", () => {
  it("those of the page count that showed most of them", () => {
    expect(keptOf(["AAB", "ABB", "AB"])[0]).toEqual(["AA", "BB", ""])
  })

  it("only those count that have ended: another one may be seen on two pages under two names", () => {
    expect(keptOf(["aaA", "AAb", "b"])[0]).toEqual(["", "AA", ""])
  })

  it("the page that was answered later counts where two showed as many, since it is newer", () => {
    const pages = ["old", "new"].map((link) => pageOfRows(2, { rows: [row("A", link)], rejectedRows: [] }))
    expect(rowsShownAtOnce(pages).flatMap((page) => page.read().rows.map(({ link }) => link))).toEqual([
      "new",
    ])
  })
})

it("of rows that cannot be read, those of the page count that showed their text most often", () => {
  expect(keptOf(["A", "B"], ["xxy", "xyy"])[1]).toEqual(["xx", "yy"])
})

it("rows that move between two pages are never counted twice, and one that each page shows is always there", () => {
  const names = fc.array(fc.constantFrom("A", "B", "C"), { minLength: 1, maxLength: 12 })
  const orders = fc.array(fc.array(fc.nat({ max: 1_000 }), { minLength: 12, maxLength: 12 }), {
    minLength: 12,
    maxLength: 12,
  })
  const count = (names: ReadonlyArray<string>, name: string) => names.filter((other) => other === name).length
  fc.assert(
    fc.property(names, orders, fc.integer({ min: 1, max: 5 }), (there, orders, size) => {
      // Before each page the list is put into another order.
      const texts = Array.from({ length: Math.ceil(there.length / size) }, (_, page) => {
        const order = orders[page]!
        const list = there.map((name, index) => ({ name, at: order[index]! })).toSorted((a, b) => a.at - b.at)
        return list
          .slice(page * size, (page + 1) * size)
          .map(({ name }) => name)
          .join("")
      })
      const kept = keptOf(texts)[0]!.join("")
      for (const name of "ABC") {
        expect(count([...kept], name)).toBeLessThanOrEqual(count(there, name))
        expect(kept.includes(name)).toBe(texts.join("").includes(name))
      }
    }),
  )
})
