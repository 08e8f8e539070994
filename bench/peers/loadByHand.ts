/**
 * The job as people write it by hand: pages in order until an empty one, a retry, and a multi-row INSERT … ON CONFLICT for
 * every page. No proof, no types, no history. A program of its own; prints how many rows it loaded.
 *
 * node loadByHand.ts BASE_URL TABLE FROM BEFORE, times in epoch ms, with keys and DATABASE_URL in the environment.
 */
import pg from "pg"
import { headerSigner } from "./signedHeaders.ts"

const [baseUrl = "", table = "", from = "0", before = "0"] = process.argv.slice(2)
const headersOf = headerSigner({
  accessKey: process.env["NCLOUD_ACCESS_KEY_ID"] ?? "",
  secretKey: process.env["NCLOUD_SECRET_ACCESS_KEY"] ?? "",
})
const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
await client.connect()
await client.query(`CREATE TABLE ${table} (
  category_id bigint, file_path text, output_type text, category_name text, status text, link text, percent text,
  output_total_size bigint, last_work_time timestamptz, PRIMARY KEY (category_id, file_path, output_type))`)

const ask = async (target: string, attempt = 1): Promise<any> => {
  const answer = await fetch(baseUrl + target, { headers: headersOf(target) })
  if (answer.ok) return answer.json()
  if (attempt === 3) throw new Error(`HTTP ${answer.status}`)
  await new Promise((resolve) => setTimeout(resolve, 1000 * attempt))
  return ask(target, attempt + 1)
}

let rows = 0
for (let day = Number(from); day < Number(before); day += 86_400_000) {
  for (let pageNo = 1; ; pageNo++) {
    const window = `workStartTimeFrom=${day}&workStartTimeTo=${day + 86_400_000 - 1}`
    const { content } = await ask(`/api/v2/status?pageNo=${pageNo}&pageSizeNo=1000&${window}`)
    if (content.length === 0) break
    const values = content.map((row: any) => [
      ...[row.categoryId, row.filePath ?? "", row.outputType, row.categoryName, row.status, row.link],
      ...[row.percent, row.outputTotalSize, row.lastWorkTime],
    ])
    const places = values.map(
      (row: any, at: number) => `(${row.map((_: any, column: number) => `$${at * 9 + column + 1}`)})`,
    )
    await client.query(
      `INSERT INTO ${table} VALUES ${places} ON CONFLICT (category_id, file_path, output_type) DO UPDATE SET
       category_name = excluded.category_name, status = excluded.status, link = excluded.link, percent = excluded.percent,
       output_total_size = excluded.output_total_size, last_work_time = excluded.last_work_time`,
      values.flat(),
    )
    rows += content.length
  }
}
await client.end()
console.log(JSON.stringify({ rows }))
