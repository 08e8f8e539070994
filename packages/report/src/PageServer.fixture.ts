/** For tests: pages from a server on loopback, which remembers what it was asked for. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export interface PageServer {
  readonly origin: string
  /** Paths with their queries, in the order in which they were asked for. */
  readonly answered: ReadonlyArray<string>
  readonly close: () => Promise<void>
}

export const servePages = async (htmlAt: (address: URL) => string): Promise<PageServer> => {
  const answered: Array<string> = []
  const server = createServer((request, response) => {
    answered.push(request.url!)
    response.setHeader("content-type", "text/html; charset=utf-8")
    response.end(htmlAt(new URL(request.url!, "http://127.0.0.1")))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve)
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
