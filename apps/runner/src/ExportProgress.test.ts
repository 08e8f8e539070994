import { describe, expect, it } from "vitest"
import { ExportProgress } from "./ExportProgress.ts"

const start = 1_000_000
const csv = { format: "csv", hasHeader: true } as const

/** What is said two seconds after the start, when these pieces have come. */
const saidOf = (
  text: ConstructorParameters<typeof ExportProgress>[1],
  pieces: ReadonlyArray<string>,
  expected?: number,
) => {
  const progress = new ExportProgress(start, text)
  for (const piece of pieces) progress.came(Buffer.from(piece))
  return progress.inWords(start + 2_000, expected)
}

describe("how far an export is", () => {
  it("is told in rows, their rate, and megabytes", () => {
    expect(saidOf(csv, ["head\n", `${"x".repeat(99)}\n`.repeat(30_000)])).toBe(
      "30,000 rows · 15,000 rows/s · 3.0 MB",
    )
  })

  it("is told before anything has come, and of one row", () => {
    expect(saidOf(csv, [])).toBe("0 rows · 0 rows/s · 0.0 MB")
    expect(saidOf(csv, ["head\n"])).toBe("0 rows · 0 rows/s · 0.0 MB")
    expect(saidOf(csv, ["head\n1\n"])).toBe("1 row · 1 rows/s · 0.0 MB")
  })

  it("takes a line feed within a cell for no row, wherever the pieces are cut", () => {
    const text = 'head\r\n"two\nlines, ""quoted"", and\n",1\r\nplain,2\r\n'
    for (let at = 0; at <= text.length; at++)
      expect(saidOf(csv, [text.slice(0, at), text.slice(at)])).toMatch(/^2 rows · /)
  })

  it("takes each line of NDJSON for a row, and those of Parquet, which have no header", () => {
    const lines = '{"text":"an inch is \\""}\n{"text":"2\\n"}\n'
    expect(saidOf({ format: "ndjson", hasHeader: false }, [lines])).toMatch(/^2 rows · /)
    expect(saidOf({ format: "csv", hasHeader: false }, ["1\n2\n"])).toMatch(/^2 rows · /)
  })

  it("has a time left where it is known how many rows there are, until more have come", () => {
    const rows = ["head\n", "1\n".repeat(1_000)]
    expect(saidOf(csv, rows, 5_000)).toBe("1,000 rows · 500 rows/s · 0.0 MB · about 8 s left")
    expect(saidOf(csv, rows, 1_000)).not.toContain("left")
    expect(saidOf(csv, rows, 900)).not.toContain("left")
    expect(saidOf(csv, [], 5_000)).not.toContain("left")
  })

  it("is told of the Parquet that is made of the rows, or of rows that do not come by, as far as that is known", () => {
    let percent: number | undefined
    const makingAfter = (pieces: ReadonlyArray<string>) => {
      const progress = new ExportProgress(start, { format: "csv", hasHeader: false })
      for (const piece of pieces) progress.came(Buffer.from(piece))
      progress.making(() => percent)
      return () => progress.inWords(start + 12_400, 5_000)
    }
    const ofRows = makingAfter(["1\n".repeat(4_000)])
    const ofNone = makingAfter([])
    expect([ofRows(), ofNone()]).toEqual(["4,000 rows · writing Parquet · 12 s", "writing Parquet · 12 s"])
    percent = 40.9
    expect([ofRows(), ofNone()]).toEqual([
      "4,000 rows · writing Parquet, 40 % · 12 s",
      "writing Parquet, 40 % · 12 s",
    ])
  })
})
