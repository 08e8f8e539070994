/** A backfill at a real terminal, as somebody in front of it sees it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { hasScript, runAtTerminal } from "./atTerminal.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 6, rowsPerDay: 100, latencyMs: 40 })
})
afterAll(() => bench.close())

const backfillAt = (columns: number, schema: string, env: Readonly<Record<string, string>>, flags = "") =>
  runAtTerminal(columns, `backfill --from 2026-08-01 --to 2026-08-07 --page-size 20 ${flags}`, bench.home, {
    ...bench.environment(schema),
    ...env,
  })

describe.runIf(hasScript)("at a terminal", () => {
  it.each([
    [80, {}, false],
    [40, { NO_COLOR: "1" }, true],
  ] as const)(
    "of %i columns a picture shows how far it is, and goes away (%j)",
    async (columns, env, plain) => {
      const { seen, isPlain, lines } = await backfillAt(columns, `at_${columns}`, env)
      const pictures = seen.filter((screen) => /░ \d of 6 days/.test(screen))
      expect(pictures.length).toBeGreaterThan(3)
      for (const picture of pictures) {
        // Never two of them, nor what is left of one.
        expect(picture).toMatch(/^█*░+ \d of 6 days.*\n(.* · )?\d+ requests?.*(\npages: .*)?$/)
      }
      expect(isPlain).toBe(plain)
      expect(lines[0]).toMatch(/^backfill complete in/)
      expect(lines.join("")).not.toMatch(/░|pages:/)
    },
  )

  it("a day in doubt is told once, when it comes, and in a report that goes elsewhere as well", async () => {
    await backfillAt(80, "doubt", {}, "--quiet")
    const env = bench.environment("doubt")
    const first = "work_date = '2026-08-01'"
    // Another word each time, or the new paths could meet those of the time before.
    const doubted = async (word: string) => {
      await bench.execute("doubt", `UPDATE encoding SET file_path = '${word}' || file_path WHERE ${first}`)
      await bench.execute("doubt", `UPDATE extraction_day SET digest = '' WHERE ${first}`)
    }
    await doubted("gone")
    const { lines } = await backfillAt(80, "doubt", {}, "--refresh")
    const text = lines.join(" ")
    expect(text.match(/rows of this day are gone/g)).toHaveLength(1)
    expect(text.match(/DayShrunk/g)).toHaveLength(1)
    expect(text).toMatch(/^2026-08-01: .* \[DayShrunk\].* backfill incomplete in .* requests?$/)
    await doubted("lost")
    const args = ["backfill", "--from", "2026-08-01", "--to", "2026-08-02", "--refresh"]
    const { stdout, stderr } = await runProgram(args, { env })
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/^ {2}DayShrunk: 2026-08-01: /m),
      expect.stringMatching(/^2026-08-01: .* \[DayShrunk\]\n$/),
    ])
  })

  it("nothing is shown with --quiet", async () => {
    const { seen, lines } = await backfillAt(80, "quiet", {}, "--quiet")
    expect([seen.join(""), lines]).toEqual(["", []])
  })
})
