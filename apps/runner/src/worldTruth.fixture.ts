/** The simulator's truth and an archive's rows, both as sorted lines of all columns, so that a test can compare the two. */
import type { World } from "@vodstation-etl/simulator/World"

/** The columns that the API tells, in one order for both sides; times are epoch ms. */
export interface ToldColumns {
  readonly categoryId: bigint | string | null
  readonly categoryName: string | null
  readonly filePath: string
  readonly outputType: string
  readonly link: string | null
  readonly outputTotalSize: bigint | string | null
  readonly lastWorkTime: number | null
  readonly status: string | null
  readonly percent: number | null
}

export const lineOf = (row: ToldColumns): string =>
  JSON.stringify([
    String(row.categoryId),
    row.categoryName,
    row.filePath,
    row.outputType,
    row.link,
    row.outputTotalSize === null ? null : String(row.outputTotalSize),
    row.lastWorkTime,
    row.status,
    row.percent,
  ])

/** Lines of the rows requested in [from, before) as far as the gateway's answers can tell them, and the rejects' texts. */
export const truthOf = (world: World, from: number, before: number) => {
  const rows = world.truth(from, before).map((row) => row.asServed)
  return {
    lines: rows
      .filter((row) => !row.rejected)
      .map((row) => lineOf({ ...row, lastWorkTime: row.lastWorkTimeMs }))
      .toSorted(),
    rejects: rows
      .filter((row) => row.rejected)
      .map((row) => row.json)
      .toSorted(),
  }
}
