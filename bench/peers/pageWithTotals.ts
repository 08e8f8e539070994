/**
 * Careful paging: the total must stay the same over all pages and as many rows must come; else the day is read anew, a few
 * times, and then given up.
 */
import type { Row, StatusClient, TimeWindow } from "./StatusClient.ts"

const attempts = 4

export const pageWithTotals = async (
  client: StatusClient,
  day: TimeWindow,
  pageSize: number,
): Promise<ReadonlyArray<Row>> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const rows = await readOnce(client, day, pageSize)
    if (rows !== undefined) return rows
  }
  throw new Error(`the list of ${new Date(day.from).toISOString()} kept changing`)
}

const readOnce = async (
  client: StatusClient,
  day: TimeWindow,
  pageSize: number,
): Promise<ReadonlyArray<Row> | undefined> => {
  const first = await client.page(day, 1, pageSize)
  const rows = [...first.rows]
  for (let pageNo = 2; rows.length < first.total; pageNo++) {
    const page = await client.page(day, pageNo, pageSize)
    if (page.total !== first.total || page.rows.length === 0) return undefined
    rows.push(...page.rows)
  }
  return rows.length === first.total ? rows : undefined
}
