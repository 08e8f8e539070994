import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { RowHash } from "./RowHash.ts"

const hash = new RowHash()

const hashOf = (put: (hash: RowHash) => void): ReadonlyArray<number> => {
  hash.begin()
  put(hash)
  hash.finish()
  return [...hash.parts]
}

const bitsOf = (word: number): number => word.toString(2).replaceAll("0", "").length

describe("a hash of a row", () => {
  it("is the same for the same values, and begins anew each time", () => {
    const put = (hash: RowHash) => {
      hash.text("a")
      hash.integer(5n)
    }
    expect(hashOf(put)).toEqual(hashOf(put))
    expect(hashOf(() => {})).toEqual(hashOf(() => {}))
  })

  it("tells apart what is next to each other, and what is not there", () => {
    const different: ReadonlyArray<(hash: RowHash) => void> = [
      (hash) => [hash.text("ab"), hash.text("c")],
      (hash) => [hash.text("a"), hash.text("bc")],
      (hash) => hash.text("abc"),
      (hash) => hash.text("abc\0"),
      (hash) => [hash.text("abc"), hash.text("")],
      (hash) => [hash.text("abc"), hash.text(null)],
      (hash) => hash.number(null),
      (hash) => hash.number(0),
      (hash) => hash.number(1),
      (hash) => hash.integer(0n),
      (hash) => hash.integer(1n),
      (hash) => hash.integer(-1n),
      (hash) => hash.integer(2n ** 32n),
      (hash) => hash.text("\0"),
      (hash) => hash.text("\0\0"),
      () => {},
    ]
    // A number that is 0 and an integer that is 0 are one: they are never in the same column.
    expect(new Set(different.map((put) => hashOf(put).join(" "))).size).toBe(different.length - 1)
  })

  it("changes about half of its bits, in each part, with any bit of a text", () => {
    const text = "/드라마/drama_20260801_3685_puig9_AVC_FHD_1Pass_30fps.mp4"
    const before = hashOf((hash) => hash.text(text))
    const changed = [0, 0, 0, 0]
    let flips = 0
    for (let at = 0; at < text.length; at++) {
      for (let bit = 0; bit < 16; bit++) {
        const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit))
        const after = hashOf((hash) => hash.text(text.slice(0, at) + flipped + text.slice(at + 1)))
        after.forEach((word, part) => (changed[part]! += bitsOf((word ^ before[part]!) >>> 0)))
        flips++
      }
    }
    for (const bits of changed) {
      expect(bits / flips).toBeGreaterThan(15)
      expect(bits / flips).toBeLessThan(17)
    }
  })

  it("meets no other among rows that differ by a digit, beyond what chance gives to 32 bits", () => {
    const rows = 100_000
    const seen = Array.from({ length: 4 }, () => new Set<number>())
    const pairs = new Set<string>()
    for (let row = 0; row < rows; row++) {
      const parts = hashOf((hash) => {
        hash.integer(10_019n)
        hash.text(`/뉴스/news_20260801_${row % 500}_AVC_HD_1Pass_30fps.mp4`)
        hash.number(1_631_602_152_000 + Math.floor(row / 500) * 1_000)
        hash.integer(81_040_256n)
      })
      parts.forEach((part, index) => seen[index]!.add(part))
      pairs.add(`${parts[0]} ${parts[1]}`).add(`${parts[2]} ${parts[3]}`)
    }
    // Chance has 1.2 of them meet in each part, and none in two parts at once.
    for (const values of seen) expect(values.size).toBeGreaterThan(rows - 12)
    expect(pairs.size).toBe(2 * rows)
  })

  it("takes any text, number and integer of 64 bits", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.double({ noNaN: true }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        (text, number, integer) => {
          const parts = hashOf((hash) => {
            hash.text(text)
            hash.number(number)
            hash.integer(integer)
          })
          expect(parts.every((part) => Number.isInteger(part) && part >= 0 && part < 2 ** 32)).toBe(true)
          expect(hashOf((hash) => hash.text(`${text}x`))).not.toEqual(hashOf((hash) => hash.text(text)))
        },
      ),
    )
  })
})
