/**
 * A server that works on one request at a time, in a thread of its own: so that a test of how long we wait for it is not
 * told that we were busy being the server.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"

export interface QueueingServer {
  readonly baseUrl: string
  /** How many others were waiting or worked on when each request came, in order. */
  readonly queues: () => Promise<ReadonlyArray<number>>
  readonly close: () => Promise<void>
}

export const startQueueingServer = async (workMs: number): Promise<QueueingServer> => {
  const worker = new Worker(new URL(import.meta.url), { workerData: { workMs } })
  const message = () => new Promise<unknown>((resolve) => worker.once("message", resolve))
  const port = await message()
  return {
    baseUrl: `http://127.0.0.1:${String(port)}`,
    queues: () => {
      const told = message()
      worker.postMessage("queues", [])
      return told as Promise<ReadonlyArray<number>>
    },
    close: async () => void (await worker.terminate()),
  }
}

const serve = (workMs: number): void => {
  const queues: Array<number> = []
  let underWay = 0
  let freeAt = 0
  const server = createServer((_, response) => {
    queues.push(underWay++)
    freeAt = Math.max(freeAt, performance.now()) + workMs
    setTimeout(() => {
      underWay--
      response.end(`{"content":[],"total":0}`)
    }, freeAt - performance.now())
  })
  server.keepAliveTimeout = 0
  server.listen(0, "127.0.0.1", () => parentPort?.postMessage((server.address() as AddressInfo).port, []))
  parentPort?.on("message", () => parentPort?.postMessage(queues, []))
}

if (!isMainThread && workerData?.workMs !== undefined) serve(Number(workerData.workMs))
