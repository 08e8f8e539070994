/** For tests: PgBouncer in transaction mode before a server, so that clients share sessions and keep none of their own. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import * as fs from "node:fs"
import * as net from "node:net"
import { tmpdir } from "node:os"
import * as path from "node:path"
import { Effect, Schedule, type Scope } from "effect"
import { choosePort } from "./embedded/choosePort.ts"
import { accountIn } from "./embedded/ServerAccount.ts"

const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin"]

const program = folders.map((folder) => path.join(folder, "pgbouncer")).find((file) => fs.existsSync(file))

/** Whether there is one on this machine. */
export const hasPgBouncer = program !== undefined

/** The URL of a PgBouncer that leads to every database of the server of `url` by at most `sessions` sessions. */
export const startPgBouncer = Effect.fn("startPgBouncer")(function* (
  url: string,
  sessions: number,
): Effect.fn.Return<string, never, Scope.Scope> {
  const server = new URL(url)
  const port = yield* Effect.orDie(choosePort(undefined))
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => fs.mkdtempSync(path.join(tmpdir(), "vodstation-pgbouncer-"))),
    (folder) => Effect.sync(() => fs.rmSync(folder, { recursive: true })),
  )
  const config = path.join(folder, "pgbouncer.ini")
  fs.writeFileSync(
    config,
    `[databases]
* = host=${server.hostname} port=${server.port} user=${server.username} password=${decodeURIComponent(server.password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${sessions}
`,
    { mode: 0o600 },
  )
  yield* Effect.acquireRelease(
    Effect.sync(() => spawn(program!, ["-q", ...ownAccount(folder, config), config], { stdio: "ignore" })),
    (child) =>
      Effect.promise(async () => {
        const ended = once(child, "exit")
        child.kill("SIGINT")
        if (child.exitCode === null) await ended
      }),
  )
  yield* canConnect(port).pipe(
    Effect.retry(Schedule.spaced("20 millis")),
    Effect.timeout("10 seconds"),
    Effect.orDie,
  )
  return `postgres://${server.username}@127.0.0.1:${port}${server.pathname}`
})

/** It refuses to run as root. */
const ownAccount = (folder: string, config: string): ReadonlyArray<string> => {
  if (process.geteuid?.() !== 0) return []
  const { uid, gid } = accountIn(fs.readFileSync("/etc/passwd", "utf8"), "nobody")!
  for (const file of [folder, config]) fs.chownSync(file, uid, gid)
  return ["-u", "nobody"]
}

const canConnect = (port: number) =>
  Effect.tryPromise(async () => {
    const socket = net.connect(port, "127.0.0.1")
    try {
      await once(socket, "connect")
    } finally {
      socket.destroy()
    }
  })
