/**
 * A proxy for tests that makes tunnels on `CONNECT`, whatever the name, to one port of this machine; and a server that
 * speaks TLS in front of a plain one, to be found behind it. So no name is ever looked up.
 */
import { createServer, request } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo, Server, Socket } from "node:net"
import { connect } from "node:net"
import { certificate, certificateKey } from "./selfMadeCertificate.fixture.ts"

export interface ConnectProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** What it was asked to connect to: `host:port`, in order. */
  readonly asked: ReadonlyArray<string>
  /** Requests that came without `CONNECT`: there should be none. */
  readonly plain: ReadonlyArray<string>
  readonly close: () => Promise<void>
}

export interface ConnectProxyOptions {
  /** The port that every tunnel leads to. */
  readonly targetPort: number
  /** The status that a `CONNECT` is answered with; default 200. Asked for each. */
  readonly status?: (asked: number) => number
  /** `name:password` that it wants. */
  readonly login?: string
}

export const startConnectProxy = async (options: ConnectProxyOptions): Promise<ConnectProxy> => {
  const asked: Array<string> = []
  const plain: Array<string> = []
  const sockets = new Set<Socket>()
  const server = createServer((message, response) => {
    plain.push(`${message.method} ${message.url}`)
    response.writeHead(400).end("CONNECT only")
  })
  server.on("connection", (socket: Socket) => {
    sockets.add(socket)
    socket.on("error", () => {})
  })
  server.on("connect", (message, socket: Socket, head: Buffer) => {
    asked.push(String(message.url))
    const wanted =
      options.login === undefined ? undefined : `Basic ${Buffer.from(options.login).toString("base64")}`
    const refused = wanted !== undefined && message.headers["proxy-authorization"] !== wanted
    const status = refused ? 407 : (options.status?.(asked.length) ?? 200)
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const target = connect(options.targetPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
      target.write(head)
      target.pipe(socket)
      socket.pipe(target)
    })
    sockets.add(target)
    target.on("error", () => socket.destroy())
    socket.on("error", () => target.destroy())
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    plain,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return close(server)
    },
  }
}

export interface TlsFront {
  readonly port: number
  /** The HTTP versions of the requests that came. */
  readonly versions: ReadonlySet<string>
  readonly close: () => Promise<void>
}

/** Hands requests on to `target` (`http://127.0.0.1:PORT`) as they are. */
export const startTlsFront = async (target: string): Promise<TlsFront> => {
  const versions = new Set<string>()
  const server = createTlsServer({ cert: certificate, key: certificateKey }, (incoming, outgoing) => {
    versions.add(incoming.httpVersion)
    const { port } = new URL(target)
    const passed = request(
      { host: "127.0.0.1", port, path: incoming.url, headers: incoming.headers, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    passed.on("error", () => outgoing.destroy())
    passed.end()
  })
  const port = await listen(server)
  return {
    port,
    versions,
    close: () => {
      server.closeAllConnections()
      return close(server)
    },
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  )

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
