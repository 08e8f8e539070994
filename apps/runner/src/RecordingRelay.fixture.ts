/** Passes requests on to a gateway, or answers them itself, and remembers the signatures, which the simulator does not tell. */
import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"

export interface RecordingRelay {
  readonly baseUrl: string
  readonly signatures: () => ReadonlyArray<string>
  readonly close: () => Promise<void>
}

/** An answer in place of the gateway's. */
export interface OwnAnswer {
  readonly status: number
  readonly body: string
}

/** An error that nobody retries. */
export const refusal: OwnAnswer = {
  status: 400,
  body: '{"error":{"errorCode":"260002","message":"invalid parameter"}}',
}

/** Refuses to tell of a whole day; of its borders it tells. @param start of the day, epoch ms */
export const refuseDay =
  (start: number) =>
  ({ searchParams }: URL): OwnAnswer | undefined => {
    const from = Number(searchParams.get("workStartTimeFrom"))
    const to = Number(searchParams.get("workStartTimeTo"))
    return from === start && to - from === 86_399_999 ? refusal : undefined
  }

/** @param answerTo what is not passed on, and the answer to it */
export const startRecordingRelay = async (
  target: string,
  answerTo: (url: URL) => OwnAnswer | undefined = () => undefined,
): Promise<RecordingRelay> => {
  const signatures: Array<string> = []
  const server = createServer((incoming, outgoing) => {
    const own = answerTo(new URL(incoming.url ?? "/", target))
    if (own !== undefined) {
      // The gateway's clock may be another one, and is believed.
      outgoing.sendDate = false
      outgoing.writeHead(own.status, { "content-type": "application/json" })
      outgoing.end(own.body)
      return
    }
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
