/**
 * For tests: a server that offers TLS, with a certificate for the name `localhost` alone, signed by an authority of its own.
 * The certificates are made with openssl, since a key has no place in a repository.
 */
import { execFileSync, spawnSync } from "node:child_process"
import * as fs from "node:fs"
import * as path from "node:path"
import { Effect, Redacted, type Scope } from "effect"
import pg from "pg"
import { useEmbeddedPostgres } from "./embedded/EmbeddedPostgres.ts"
import { testHome } from "./embedded/testHome.fixture.ts"

export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0

export interface TlsServer {
  /** Says nothing of TLS; the host is 127.0.0.1. */
  readonly url: string
  /** Files: the authority that signed the certificate, and one that did not. */
  readonly authority: string
  readonly stranger: string
  readonly dataFolder: string
  readonly query: (text: string) => Effect.Effect<void>
}

export const startTlsServer: Effect.Effect<TlsServer, never, Scope.Scope> = Effect.gen(function* () {
  const { home } = yield* Effect.acquireDisposable(Effect.promise(() => testHome()))
  const { dataFolder, ...server } = yield* Effect.orDie(useEmbeddedPostgres(home))
  const url = Redacted.value(server.url)
  const query = (text: string) =>
    Effect.promise(async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(text)
      await client.end()
    })
  const authority = makeAuthority(home, "authority")
  const stranger = makeAuthority(home, "stranger")
  sign(home, "authority", path.join(dataFolder, "server"), "localhost")
  const { uid, gid } = fs.statSync(dataFolder)
  for (const ending of ["key", "crt"]) fs.chownSync(path.join(dataFolder, `server.${ending}`), uid, gid)
  // One statement each: ALTER SYSTEM cannot be in a transaction.
  for (const statement of ["ALTER SYSTEM SET ssl TO on", "SELECT pg_reload_conf()"]) yield* query(statement)
  return { url, authority, stranger, dataFolder, query }
})

const openssl = (folder: string, ...args: ReadonlyArray<string>) =>
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" })

const newKey = (file: string) => ["-newkey", "rsa:2048", "-nodes", "-keyout", file]

const makeAuthority = (folder: string, name: string): string => {
  const certificate = `${name}.crt`
  openssl(
    folder,
    ...["req", "-x509", "-days", "2", "-subj", `/CN=${name}`, ...newKey(`${name}.key`), "-out", certificate],
  )
  return path.join(folder, certificate)
}

/** Makes `SERVER.key` and `SERVER.crt`. */
const sign = (folder: string, authority: string, server: string, host: string): void => {
  openssl(folder, "req", "-subj", `/CN=${host}`, ...newKey(`${server}.key`), "-out", `${server}.csr`)
  fs.writeFileSync(`${server}.ext`, `subjectAltName=DNS:${host}\n`)
  const by = ["-CA", `${authority}.crt`, "-CAkey", `${authority}.key`, "-CAcreateserial"]
  const files = ["-in", `${server}.csr`, "-extfile", `${server}.ext`, "-out", `${server}.crt`]
  openssl(folder, "x509", "-req", "-days", "2", ...by, ...files)
  fs.chmodSync(`${server}.key`, 0o600)
}
