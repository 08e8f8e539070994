import { describe, expect, it } from "vitest"
import { screenSvg } from "./screenSvg.fixture.ts"

const drawn = async (text: string) =>
  (await screenSvg(text, 20, "A picture"))
    .split("\n")
    .filter((line) => /^<(text|path|rect class="(?!ground)|rect x)/.test(line))

/** The texts with their looks, and how many cells each takes. */
const textsIn = (lines: ReadonlyArray<string>) =>
  lines.map((line) => {
    const [, look = "", length, text] =
      /^<text(?: class="(\w+)")? .*textLength="([\d.]+)".*>(.*)<\/text>$/.exec(line)!
    return [text, look, Math.round(Number(length) / 8.4)]
  })

describe("a picture of a terminal", () => {
  it("presses text into its cells, Korean letters into two each", async () => {
    expect(textsIn(await drawn("  days 뉴스"))).toEqual([
      ["days", "", 4],
      ["뉴스", "", 4],
    ])
  })

  it("has the colours that the terminal was told", async () => {
    expect(textsIn(await drawn("\u001B[32m##\u001B[33mo\u001B[39m.\u001B[2mx"))).toEqual([
      ["##", "c2", 2],
      ["o", "c3", 1],
      [".", "", 1],
      ["x", "faint", 1],
    ])
  })

  it("says what it shows as it is, whatever letters it has", async () => {
    expect(textsIn(await drawn('a<b>&"c"'))).toEqual([['a&lt;b&gt;&amp;"c"', "", 8]])
  })

  it("draws the lines of tables, which meet from one row to the next", async () => {
    const [upper, lower] = await drawn("┌\n└")
    expect(upper).toContain('d="M18.5 23.5H22.4M18.5 23.5V32"')
    expect(lower).toContain('d="M18.5 41.5V32M18.5 41.5H22.4"')
  })

  it("is as large as what it shows", async () => {
    expect(await screenSvg("a\nb", 20, "")).toContain('viewBox="0 0 196 64"')
  })
})
