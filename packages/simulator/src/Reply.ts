/**
 * Writes answers, whole and broken ones, to a connection.
 */
import type { ServerResponse } from "node:http"
import type { FaultKind } from "./FaultKind.ts"
import { hashOf } from "./seededHash.ts"

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string | Buffer
  readonly retryAfterSeconds?: number | null
}

const bytesOf = (body: string | Buffer): Buffer =>
  typeof body === "string" ? Buffer.from(body, "utf8") : body

/** A trace id like those of the documentation: 26 letters and digits. */
const traceId = (number: number): string =>
  [1, 2, 3, 4]
    .map((part) => hashOf(number, part, 91).toString(36).padStart(7, "0"))
    .join("")
    .slice(0, 26)

/** The headers that every answer has. `nowMs` is the gateway's clock; Date is precise to the second. */
const writeHead = (
  response: ServerResponse,
  reply: Reply,
  nowMs: number,
  number: number,
  length: number | null,
): void => {
  response.sendDate = false
  response.writeHead(reply.status, {
    Server: "nginx",
    Date: new Date(nowMs).toUTCString(),
    "Content-Type": reply.contentType,
    "Access-Control-Allow-Origin": "*",
    "x-ncp-trace-id": traceId(number),
    ...(length === null ? {} : { "Content-Length": length }),
    ...(reply.retryAfterSeconds == null ? {} : { "Retry-After": reply.retryAfterSeconds }),
  })
}

/** Sends an answer as it should be. */
export const sendReply = (response: ServerResponse, reply: Reply, nowMs: number, number: number): void => {
  const bytes = bytesOf(reply.body)
  writeHead(response, reply, nowMs, number, bytes.length)
  response.end(bytes)
}

/** The faults that break an answer on its way. */
export type BrokenWay = Extract<
  FaultKind,
  "cutBody" | "cutJson" | "reset" | "resetInBody" | "stall" | "stallInBody"
>

/** Sends an answer that breaks off. After the two stalls the connection stays open until either side gives up. */
export const sendBroken = (
  response: ServerResponse,
  reply: Reply,
  nowMs: number,
  number: number,
  way: BrokenWay,
): void => {
  const bytes = bytesOf(reply.body)
  const half = bytes.subarray(0, Math.floor(bytes.length / 2))
  switch (way) {
    case "stall":
      return
    case "reset":
      response.socket?.resetAndDestroy()
      return
    case "cutJson":
      writeHead(response, reply, nowMs, number, null)
      response.end(half)
      return
    case "cutBody":
    case "resetInBody":
    case "stallInBody":
      writeHead(response, reply, nowMs, number, bytes.length)
      response.write(half, () => {
        if (way === "cutBody") response.socket?.destroySoon()
        if (way === "resetInBody") response.socket?.resetAndDestroy()
      })
  }
}
