/** Naive paging: pages in order until an empty one. What most scripts do. */
import type { Row, StatusClient, TimeWindow } from "./StatusClient.ts"

export const pageUntilEmpty = async (
  client: StatusClient,
  day: TimeWindow,
  pageSize: number,
): Promise<ReadonlyArray<Row>> => {
  const rows: Array<Row> = []
  for (let pageNo = 1; ; pageNo++) {
    const page = await client.page(day, pageNo, pageSize)
    if (page.rows.length === 0) return rows
    rows.push(...page.rows)
  }
}
