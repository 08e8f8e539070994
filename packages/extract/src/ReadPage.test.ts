import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { parseAnswer } from "@vodstation-etl/core/parseAnswer"
import { AnswerBody } from "./AnswerBody.ts"
import { pageOfAnswer } from "./ReadPage.ts"

const cell = { from: 0, before: 1 }

/** A page of these rows, as it came over the network. */
const pageOf = (...rows: ReadonlyArray<object>) => {
  const body = new AnswerBody()
  body.push(Buffer.from(JSON.stringify({ content: rows, total: rows.length })))
  const answer = Result.getOrThrow(parseAnswer(body.bytes))
  const release = () => body.release()
  return { page: pageOfAnswer({ answer, at: 0, attempts: 1, release }, cell), body }
}

const row = (filePath: unknown) => ({ categoryId: 1, filePath, outputType: "HD", status: "COMPLETE" })

describe("a page of which the bytes tell who its rows are", () => {
  it("is held as they came, and can be read as often as one likes", () => {
    const { page } = pageOf(row("/a"), row("/b"))
    expect([page.rowCount, page.identities().length, page.rejects]).toEqual([2, 2, []])
    expect(page.read()).toEqual(page.read())
    expect(page.read().rows.map(({ filePath }) => filePath)).toEqual(["/a", "/b"])
  })

  it("loses its bytes when it is released, and no row without a word: reading it again fails", () => {
    const { page, body } = pageOf(row("/a"))
    const { rows } = page.read()
    page.release()
    expect([rows.length, body.bytes.length, page.identities().length]).toEqual([1, 0, 1])
    expect(() => page.read()).toThrow(/after it was released/)
    expect(() => page.digest()).toThrow(/after it was released/)
  })
})

describe("any other page", () => {
  it("is read at once, and its bytes are let go", () => {
    const { page, body } = pageOf(row("/a"), row({ not: "text" }), { filePath: "/c" })
    expect(body.bytes).toHaveLength(0)
    page.release()
    const { rows, rejectedRows } = page.read()
    expect([rows.length, rejectedRows.length, page.rowCount]).toEqual([2, 1, 3])
    expect([page.identities().length, page.rejects]).toEqual([2, [rejectedRows[0]!.fingerprint]])
  })

  it("has the digest of its rows, however it is held", () => {
    const { page } = pageOf(row("/a"), row("/b"))
    const { page: other } = pageOf(row("/b"), { ...row("/a"), categoryId: " 1" })
    expect(other.digest()).toBe(page.digest())
  })
})
