/** `serve` of a day in which most rows are odd in one of all the ways the API has, over both kinds of archive. */
import { join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import type { PageOrigin } from "@vodstation-etl/report/PageOrigin"
import { encodingAddress } from "@vodstation-etl/report/pageAddress"
import { looseKinds } from "@vodstation-etl/simulator/LooseKind"
import { runProgram } from "./runProgram.fixture.ts"
import type { ServedArchive } from "./ServedArchive.fixture.ts"
import { serveArchive } from "./ServedArchive.fixture.ts"
import { keyText, walkDay } from "./ServedWorld.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"

const day = "2026-08-01"
const schema = "odd"

/** Of the archive where it lies, and when that was asked, two archives may tell differently. */
const withoutOrigin = <Data extends PageOrigin>(data: Data) => ({ ...data, archive: "", madeAt: 0 })

const toldBy = async (server: ServedArchive) => {
  const pages = await walkDay(server, day)
  const { stuck, rejects: reasons, anomalies } = await server.report()
  return {
    ...{ ...withoutOrigin(pages[0]!), rows: pages.flatMap(({ rows }) => rows) },
    ...{ stuck, reasons, anomalies, figures: { ...pages[0]!.figures, readAt: null } },
  }
}

it("shows every odd row with its reasons, the same from both kinds of archive", async () => {
  const bench = await openWorkbench({
    ...{ firstDay: day, days: 1, rowsPerDay: 500, twinShare: 0.05, generation: "mixed" },
    ...{ looseness: 0.95, looseKinds },
    ...{ now: Date.parse("2026-08-03T12:00:00+09:00"), clock: "fixed" },
  })
  onTestFinished(bench.close)
  const env = bench.environment(schema)
  const folder = join(bench.home, "archive")
  const serve = async (into: ReadonlyArray<string>, from: ReadonlyArray<string>) => {
    const args = ["backfill", "--from", day, "--to", "2026-08-02", ...into]
    expect(await runProgram(args, { env })).toMatchObject({ code: 0 })
    const served = await serveArchive(from, env, bench.home)
    onTestFinished(async () => {
      served.program.kill("SIGTERM")
      await served.program.ended
    })
    return served
  }
  const postgres = await serve([], [])
  const csv = await serve(
    ["--archive", "csv", "--out", folder],
    ["--archive", "csv", "--archive-dir", folder],
  )
  const told = await toldBy(postgres)
  expect(await toldBy(csv)).toEqual(told)

  const stored = await bench.select(
    schema,
    `SELECT category_id::text || '|' || file_path || '|' || output_type || '|' || occurrence AS key, status, anomalies
     FROM encoding ORDER BY category_id, file_path, output_type, occurrence`,
  )
  expect(
    told.rows.map((row) => ({ key: keyText(row), status: row.status, anomalies: row.anomalies })),
  ).toEqual(stored)
  const [rejected] = await bench.select(
    schema,
    "SELECT sum(count)::int AS rows, array_agg(DISTINCT reason ORDER BY reason) AS reasons FROM rejected_record",
  )
  expect(rejected!["reasons"]).toEqual(["identity longer than 2,000 bytes", "no readable categoryId"])
  expect(told.figures).toMatchObject({ encodings: stored.length, rejected: rejected!["rows"] })
  // All that can go wrong with a field is there: outside of it nothing is shown.
  expect(new Set(told.rows.flatMap(({ anomalies }) => anomalies)).size).toBeGreaterThanOrEqual(6)

  const odd = told.rows.filter(({ anomalies }) => anomalies.length > 0)
  for (const row of odd.filter((_, at) => at % 20 === 0)) {
    const page = withoutOrigin(await postgres.encoding(encodingAddress(row)))
    const { raw } = page
    expect([page.latest, JSON.parse(raw!)]).toEqual([row, expect.anything()])
    const fromFiles = withoutOrigin(await csv.encoding(encodingAddress(row)))
    const anyRun = ({ timeline }: typeof page) =>
      timeline.map((state) => ({ ...state, runId: "", validFrom: 0 }))
    expect({ ...fromFiles, timeline: anyRun(fromFiles) }).toEqual({ ...page, timeline: anyRun(page) })
  }
})
