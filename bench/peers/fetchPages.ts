/**
 * The least that reading the list can be: fetches the given pages, so many at once, and parses them. No proof, no retries,
 * no types. A program of its own; prints rows, requests and what it took.
 *
 * node fetchPages.ts BASE_URL CONCURRENCY, with the keys as NCLOUD_ACCESS_KEY_ID and NCLOUD_SECRET_ACCESS_KEY and the
 * targets, one a line, as standard input.
 */
import { text } from "node:stream/consumers"
import { Agent } from "undici"
import { headerSigner } from "./signedHeaders.ts"

const [baseUrl = "", concurrency = "8"] = process.argv.slice(2)
const headersOf = headerSigner({
  accessKey: process.env["NCLOUD_ACCESS_KEY_ID"] ?? "",
  secretKey: process.env["NCLOUD_SECRET_ACCESS_KEY"] ?? "",
})
const targets = (await text(process.stdin)).split("\n").filter((line) => line !== "")
const agent = new Agent({ connections: Number(concurrency) })
const startedAt = performance.now()
const cpu = process.cpuUsage()
let next = 0
let rows = 0

const fetchInTurn = async (): Promise<void> => {
  while (next < targets.length) {
    const path = targets[next++]!
    const answer = await agent.request({ method: "GET", origin: baseUrl, path, headers: headersOf(path) })
    const body = JSON.parse(await answer.body.text())
    rows += body.content.length
  }
}
await Promise.all(Array.from({ length: Number(concurrency) }, fetchInTurn))
const { user, system } = process.cpuUsage(cpu)
const seconds = (performance.now() - startedAt) / 1e3
await agent.close()
console.log(JSON.stringify({ rows, requests: targets.length, seconds, cpuSeconds: (user + system) / 1e6 }))
