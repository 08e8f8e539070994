import * as fc from "fast-check"
import { expect, it } from "vitest"
import { AnswerBody } from "./AnswerBody.ts"

it("is what came, in whatever pieces, and however many bytes were told to come", () => {
  const told = fc.oneof(
    fc.constantFrom(undefined, "", "many", "-1", ["3", "4"], "1e300"),
    fc.nat(100_000).map(String),
  )
  fc.assert(
    fc.property(
      told,
      fc.array(fc.uint8Array({ maxLength: 9_000, size: "max" }), { maxLength: 12 }),
      (told, pieces) => {
        const body = new AnswerBody(told)
        for (const piece of pieces) body.push(piece)
        expect(body.bytes.equals(Buffer.concat(pieces))).toBe(true)
      },
    ),
  )
})

it("is empty once it is released, and so is what was taken of it", () => {
  const body = new AnswerBody("5")
  body.push(Buffer.from("bytes"))
  const { bytes } = body
  body.release()
  expect([bytes.length, body.bytes.length]).toEqual([0, 0])
})

it("takes no more memory at a gateway's word than a large page needs", () => {
  const before = process.memoryUsage().arrayBuffers
  const bodies = Array.from({ length: 4 }, () => new AnswerBody("100000000"))
  const taken = process.memoryUsage().arrayBuffers - before
  for (const body of bodies) body.release()
  expect(taken / 4).toBeLessThan(2 * 1024 * 1024)
})
