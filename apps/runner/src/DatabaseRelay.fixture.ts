/** Stands between a program and its database, and cuts the connection where a test says, as a network does: to the byte. */
import { connect, createServer } from "node:net"
import type { AddressInfo, Socket } from "node:net"

/** Where to cut, once: on the connection that has sent `after`, when so many more bytes are to be passed on. */
export interface Cut {
  readonly after: string
  /** Only where the connection has sent this before. */
  readonly first?: string
  readonly bytes?: number
  /** Passes on what was sent, and cuts when the database answers. */
  readonly losesAnswer?: boolean
  /** How long nothing listens afterwards, ms. Default 0; `Infinity`: until it is told to come back. */
  readonly awayMs?: number
}

export interface DatabaseRelay {
  /** The database's URL with the relay in the place of its host. */
  readonly url: string
  readonly cutNext: (cut: Cut) => void
  readonly comeBack: () => Promise<void>
  /** How often it has cut. */
  readonly cuts: () => number
  readonly close: () => Promise<void>
}

export const startDatabaseRelay = async (databaseUrl: string): Promise<DatabaseRelay> => {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let next: Cut | undefined
  let cuts = 0
  let back: NodeJS.Timeout | undefined

  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((program) => {
    const database = connect(Number(target.port), target.hostname)
    const both = [program, database]
    for (const socket of both) {
      sockets.add(socket)
      socket.on("error", () => {})
      socket.on("close", () => {
        sockets.delete(socket)
        for (const other of both) other.destroy()
      })
    }
    /** Bytes that may still pass before the connection is cut; undefined: it is not to be. */
    let left: number | undefined
    let cut: Cut | undefined
    const end = () => {
      cuts++
      for (const socket of both) socket.destroy()
      const { awayMs = 0 } = cut!
      if (awayMs === 0) return
      server.close()
      hangUp()
      if (awayMs < Infinity) back = setTimeout(() => void listen(port), awayMs)
    }
    let sentFirst = false
    program.on("data", (bytes) => {
      if (
        left === undefined &&
        next !== undefined &&
        bytes.includes(next.after) &&
        (next.first === undefined || sentFirst)
      ) {
        cut = next
        next = undefined
        left = cut.bytes ?? 0
      }
      if (next?.first !== undefined && bytes.includes(next.first)) sentFirst = true
      if (left === undefined || cut!.losesAnswer === true) return void database.write(bytes)
      database.write(bytes.subarray(0, left))
      left -= bytes.length
      if (left <= 0) end()
    })
    database.on("data", (bytes) => {
      if (cut?.losesAnswer === true) end()
      else program.write(bytes)
    })
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()))
  await listen(0)
  const { port } = server.address() as AddressInfo

  const url = new URL(databaseUrl)
  url.hostname = "127.0.0.1"
  url.port = String(port)
  return {
    url: url.href,
    cutNext: (cut) => {
      next = cut
    },
    comeBack: () => listen(port),
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        clearTimeout(back)
        server.close(() => resolve())
        hangUp()
      }),
  }
}
