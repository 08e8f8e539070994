/**
 * A plain client for tests: signs with Node's crypto by the documented recipe (API facts 4.1), not with the code that
 * checks it.
 */
import { createHmac } from "node:crypto"
import { type Agent, request } from "node:http"

export interface SignedGetOptions {
  readonly baseUrl: string
  readonly accessKey: string
  readonly secretKey: string
  /** ms since the epoch. */
  readonly timestamp: number
  readonly agent?: Agent
  readonly method?: string
  /** Give up after this long. */
  readonly timeoutMs?: number
  /** Changes or removes headers before they are sent. */
  readonly headers?: (signed: Record<string, string>) => Record<string, string>
}

export interface PlainAnswer {
  readonly status: number
  readonly headers: Record<string, string | ReadonlyArray<string> | undefined>
  readonly text: string
}

/** Sends a signed request for `target` (path and query) and resolves with the whole answer, or rejects. */
export const signedGet = (target: string, options: SignedGetOptions): Promise<PlainAnswer> =>
  new Promise((resolve, reject) => {
    const { baseUrl, accessKey, secretKey, timestamp, agent, method = "GET" } = options
    const signature = createHmac("sha256", secretKey)
      .update(`${method} ${target}\n${timestamp}\n${accessKey}`)
      .digest("base64")
    const signed = {
      "x-ncp-apigw-timestamp": String(timestamp),
      "x-ncp-iam-access-key": accessKey,
      "x-ncp-apigw-signature-v2": signature,
    }
    const { hostname, port } = new URL(baseUrl)
    const sent = request({
      hostname,
      port,
      path: target,
      method,
      headers: options.headers?.(signed) ?? signed,
      ...(agent === undefined ? {} : { agent }),
      ...(options.timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(options.timeoutMs) }),
    })
    sent.once("response", (response) => {
      const chunks: Array<Buffer> = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.once("error", reject)
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      )
    })
    sent.once("error", reject).end()
  })
