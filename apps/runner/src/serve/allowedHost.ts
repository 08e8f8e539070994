/**
 * By which names a server may be called. A page of somebody else's can make its own name point to this machine (DNS
 * rebinding), and would then read the archive as if it were its own; the browser still says by which name it asks.
 */
import { isIP } from "node:net"

export interface BoundServer {
  /** As the system tells it, such as `127.0.0.1` or `::`. */
  readonly address: string
  readonly port: number
  /** Names, with a port or without, that the user allows beside its own. */
  readonly alsoAllowed: ReadonlyArray<string>
}

export const isLoopback = (address: string): boolean =>
  address === "::1" || (isIP(address) === 4 && address.startsWith("127."))

/** `host` is the header of that name. A name that is allowed without a port is so with any. */
export const isAllowedHost = (host: string | undefined, server: BoundServer): boolean => {
  const parts = splitHost(host ?? "")
  if (parts === undefined) return false
  const { name, port } = parts
  if (server.alsoAllowed.some((allowed) => allowed === name || allowed === `${name}:${port}`)) return true
  const isAddress = isIP(unbracketed(name)) !== 0
  // There may be a forwarded port in between. A name is needed to rebind, and an address is none.
  if (!isLoopback(server.address)) return isAddress || name === "localhost"
  const own = ["localhost", "127.0.0.1", "::1", server.address]
  return own.includes(unbracketed(name)) && (port === undefined || port === String(server.port))
}

/** What `--allow-host` takes, in lower case; undefined for what is no host. */
export const allowedHostOf = (text: string): string | undefined => {
  const parts = splitHost(text)
  return parts === undefined ? undefined : text.toLowerCase()
}

const splitHost = (host: string) => {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]{0,252}))(?::(\d{1,5}))?$/i.exec(host)
  return match === null ? undefined : { name: match[1]!.toLowerCase(), port: match[2] }
}

const unbracketed = (name: string): string => name.replace(/^\[(.*)\]$/, "$1")
