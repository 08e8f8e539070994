/** For tests: one small world in both kinds of archive, each served by a process of its own. */
import { join } from "node:path"
import { expect } from "vitest"
import type { DayData } from "@vodstation-etl/report/DayData"
import type { DayFilter, EncodingKey } from "@vodstation-etl/report/pageAddress"
import { dayAddress } from "@vodstation-etl/report/pageAddress"
import { runProgram } from "./runProgram.fixture.ts"
import type { ServedArchive } from "./ServedArchive.fixture.ts"
import { serveArchive } from "./ServedArchive.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

export const archiveKinds = ["postgres", "csv"] as const
export type ArchiveKind = (typeof archiveKinds)[number]

export interface ServedWorld {
  readonly bench: Workbench
  readonly schema: string
  readonly csvArchive: string
  readonly served: Readonly<Record<ArchiveKind, ServedArchive>>
  /** Flags that choose the archive. */
  readonly flagsOf: (kind: ArchiveKind) => ReadonlyArray<string>
  readonly backfill: (kind: ArchiveKind, ...more: ReadonlyArray<string>) => Promise<void>
  readonly close: () => Promise<void>
}

/** Days of three rows, of so many, of none, and of failures only, from 2026-08-01 on. */
export const openServedWorld = async (rowsOfSecondDay: number): Promise<ServedWorld> => {
  const schema = "served"
  const bench = await openWorkbench({
    ...{ firstDay: "2026-08-01", days: 4, twinShare: 0.02, stuckShare: 0.02, failureScale: 3 },
    ...{ rowsPerDay: (day: number) => [3, rowsOfSecondDay, 0, 40][day]! },
    ...{ looseness: 0.2, looseKinds: ["percentUnreadable", "categoryIdUnreadable"] },
    ...{ now: Date.parse("2026-08-05T12:00:00+09:00"), clock: "ticking" },
  })
  const { rows, dayStarts } = bench.simulator.world
  for (const row of rows.within(dayStarts[3]!, dayStarts[4]!)) rows.change(row, { outcome: "FAILURE" })
  const csvArchive = join(bench.home, "archive")
  const env = bench.environment(schema)
  const flagsOf = (kind: ArchiveKind) =>
    kind === "csv" ? ["--archive", "csv", "--archive-dir", csvArchive] : []
  const backfill: ServedWorld["backfill"] = async (kind, ...more) => {
    const place = kind === "csv" ? ["--archive", "csv", "--out", csvArchive] : []
    const range = ["--from", "2026-08-01", "--to", "2026-08-05"]
    expect(await runProgram(["backfill", ...range, ...place, ...more], { env })).toMatchObject({ code: 0 })
  }
  for (const kind of archiveKinds) await backfill(kind)
  const serve = (kind: ArchiveKind) => serveArchive([...flagsOf(kind), "--verbose"], env, bench.home)
  const served = { postgres: await serve("postgres"), csv: await serve("csv") }
  return {
    ...{ bench, schema, csvArchive, served, flagsOf, backfill },
    close: async () => {
      for (const { program } of Object.values(served)) program.kill("SIGTERM")
      await Promise.all(Object.values(served).map(({ program }) => program.ended))
      await bench.close()
    },
  }
}

/** All pages of a day, one after the other. */
export const walkDay = async (
  server: ServedArchive,
  day: string,
  filter: DayFilter = {},
  between: (page: number) => Promise<void> = async () => {},
) => {
  const pages: Array<DayData> = []
  for (let after: DayData["next"] = null; ;) {
    const page = await server.day(dayAddress(day, filter, after))
    pages.push(page)
    if (page.next === null) return pages
    after = page.next
    await between(pages.length)
  }
}

/** What tells a row of a day from the others. */
export const keyText = (row: EncodingKey): string =>
  [row.categoryId, row.filePath, row.outputType, row.occurrence].join("|")
