/** Passes requests on to a gateway and remembers the signatures, which the simulator does not tell. */
import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"

export interface RecordingRelay {
  readonly baseUrl: string
  readonly signatures: () => ReadonlyArray<string>
  readonly close: () => Promise<void>
}

export const startRecordingRelay = async (target: string): Promise<RecordingRelay> => {
  const signatures: Array<string> = []
  const server = createServer((incoming, outgoing) => {
    const signature = incoming.headers["x-ncp-apigw-signature-v2"]
    if (typeof signature === "string") signatures.push(signature)
    const passed = request(
      new URL(incoming.url ?? "/", target),
      { headers: incoming.headers, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on("error", () => outgoing.destroy())
        answer.pipe(outgoing)
      },
    )
    passed.on("error", () => outgoing.destroy())
    passed.end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signatures: () => [...signatures],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
