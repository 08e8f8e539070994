import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { byteText, jsonBytes, knownJsonBytes, pathJsonBytes } from "./byteText.ts"
import { ByteWriter } from "./ByteWriter.ts"

const decoded = (bytes: string) => Buffer.from(bytes, "latin1").toString("utf8")

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("/", "한", '"', "\\", "a", "\u007f", "\u0000", "\ud800") }),
)

describe("byteText", () => {
  it("is the UTF-8 of JSON, whichever way a text is encoded", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const json = JSON.stringify(text)
        for (const encode of [jsonBytes, knownJsonBytes, pathJsonBytes])
          expect(decoded(encode(text))).toBe(json)
      }),
      { numRuns: 1_000 },
    )
  })

  it("survives being written in pieces to a buffer that has to grow", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (pieces) => {
        const writer = new ByteWriter(1)
        for (const piece of pieces) writer.write(byteText(piece))
        expect(writer.bytes().toString("utf8")).toBe(pieces.join(""))
      }),
    )
  })
})
