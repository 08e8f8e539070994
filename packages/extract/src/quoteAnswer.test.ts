import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { maskAccessKey, quoteAnswer } from "./quoteAnswer.ts"

const accessKey = "EXAMPLEACCESSKEY0001"

describe("quoteAnswer", () => {
  it.each([
    ["Unauthorized", "Unauthorized"],
    ["  two\r\n lines\t", "two lines"],
    ["a\u0000b\u001b[2Jc\u0007", "a b [2Jc"],
    ["left\u202eright\u2028end", "left right end"],
    ["lone \ud800 surrogate", "lone \ufffd surrogate"],
    ["", ""],
  ])("shows %j as %j", (text, shown) => {
    expect(quoteAnswer(text, accessKey)).toBe(shown)
  })

  it("cuts after 200 characters, between characters", () => {
    expect(quoteAnswer("é".repeat(200), accessKey)).toBe("é".repeat(200))
    expect(quoteAnswer("🎬".repeat(201), accessKey)).toBe(`${"🎬".repeat(200)}…`)
  })

  it("leaves nothing of a key or a signature, wherever a cut falls", () => {
    const signature = "IIvUfGYt61Mk5BlSU6HRNm/8+x72Ki+pB0kzc+Qx3DE="
    const at = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 19_700, max: 20_100 }))
    fc.assert(
      fc.property(
        at,
        fc.constantFrom("-", " ", "\n"),
        fc.constantFrom(accessKey, signature),
        (at, fill, token) => {
          const shown = quoteAnswer(`${fill.repeat(at)} ${token} ${"-".repeat(300)}`, accessKey)
          expect(shown).not.toContain(token.slice(0, 8))
        },
      ),
    )
  })

  it("leaves nothing of a signature that was printed encoded", () => {
    const echo = 'X-NCP-Apigw-Signature-V2": "IIvUfGYt61Mk5BlSU6HRNm\\/8%2Bx72Ki&#43;pB0kzc" and more'
    expect(quoteAnswer(echo, accessKey)).toBe("X-NCP-Apigw-Signature-V2 … and more")
  })
})

describe("maskAccessKey", () => {
  it("keeps four characters of a key that is long enough to spare them", () => {
    expect(maskAccessKey(accessKey)).toBe("EXAM…")
    expect(maskAccessKey("short")).toBe("…")
  })
})
