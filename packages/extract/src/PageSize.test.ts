import { describe, expect, it } from "vitest"
import { PageSize } from "./PageSize.ts"

describe("the size of a page", () => {
  it("is the one asked for until a page shows that it is cut short", () => {
    const size = new PageSize(1_000)
    expect([size.full, size.served]).toEqual([1_000, undefined])
    size.learn(300)
    expect([size.full, size.served]).toEqual([300, 300])
  })

  it("is asked for by halves where it is refused, down to the documented minimum", () => {
    const size = new PageSize(50)
    const asked = []
    do asked.push(size.asked)
    while (size.refuse(size.asked))
    expect(asked).toEqual([50, 25, 12, 10])
  })

  it("is not what a later refusal is about, once it was accepted", () => {
    const size = new PageSize(50)
    size.accept()
    expect(size.refuse(50)).toBe(false)
    expect(size.asked).toBe(50)
  })
})

describe("a page that holds all that its total tells of", () => {
  it("may be full from the size asked for, or served, on", () => {
    const size = new PageSize(50)
    size.told(10_000)
    expect([49, 50].map((rows) => size.mayBeFull(rows))).toEqual([false, true])
    size.learn(30)
    expect([29, 30].map((rows) => size.mayBeFull(rows))).toEqual([false, true])
  })

  it("may be full at any cap, unless more rows than that were told of, or fewer came than a page must hold", () => {
    const size = new PageSize(50)
    size.told(20)
    expect([9, 10, 19, 20].map((rows) => size.mayBeFull(rows))).toEqual([false, false, false, true])
    size.told(21)
    expect(size.mayBeFull(20)).toBe(false)
    expect(new PageSize(50).mayBeFull(9)).toBe(false)
  })
})
