/** One page of the status list, as a script would ask for it: undici, signed anew and tried again where that may help. */
import { setTimeout as sleep } from "node:timers/promises"
import { Agent } from "undici"
import type { Keys } from "./signedHeaders.ts"
import { headerSigner } from "./signedHeaders.ts"

/** A row as it came. */
export type Row = Readonly<Record<string, unknown>>

/** [from, before), epoch ms. */
export interface TimeWindow {
  readonly from: number
  readonly before: number
}

export interface Page {
  readonly rows: ReadonlyArray<Row>
  readonly total: number
}

const attempts = 5

export class StatusClient {
  requests = 0
  private readonly agent = new Agent({ connections: 8, headersTimeout: 30_000, bodyTimeout: 30_000 })
  private readonly headers: (target: string) => Record<string, string>
  private readonly baseUrl: string

  constructor(baseUrl: string, keys: Keys) {
    this.baseUrl = baseUrl
    this.headers = headerSigner(keys)
  }

  /** @param pageNo from 1 */
  async page(window: TimeWindow, pageNo: number, pageSize: number): Promise<Page> {
    const target =
      `/api/v2/status?pageNo=${pageNo}&pageSizeNo=${pageSize}` +
      `&workStartTimeFrom=${window.from}&workStartTimeTo=${window.before - 1}`
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.ask(target)
      } catch (error) {
        if (attempt === attempts || error instanceof Refused) throw error
        await sleep(100 * 2 ** attempt * Math.random())
      }
    }
  }

  close(): Promise<void> {
    return this.agent.close()
  }

  private async ask(target: string): Promise<Page> {
    this.requests++
    const { statusCode, body } = await this.agent.request({
      method: "GET",
      origin: this.baseUrl,
      path: target,
      headers: this.headers(target),
    })
    const text = await body.text()
    if (statusCode === 429 || statusCode >= 500) throw new Error(`HTTP ${statusCode}`)
    if (statusCode !== 200) throw new Refused(`HTTP ${statusCode}: ${text.slice(0, 200)}`)
    // eslint-disable-next-line typescript/no-unsafe-type-assertion
    const answer = JSON.parse(text) as { readonly content?: ReadonlyArray<Row>; readonly total?: unknown }
    return { rows: answer.content ?? [], total: Number(answer.total) }
  }
}

/** Asking again would not help. */
class Refused extends Error {}
