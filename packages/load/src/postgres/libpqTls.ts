/**
 * TLS as libpq has it, for `pg`, which on its own takes `require` and `verify-ca` for `verify-full`, knows no way back from
 * `prefer` and reads no certificates from `PGSSL*` variables.
 */
import * as Result from "effect/Result"
import { ArchiveUnusable } from "../ArchiveError.ts"

export interface TlsUrls {
  /** For `pg`, with all that is to be said about TLS. */
  readonly url: string
  /** The same without TLS. */
  readonly plainUrl: string
  /** Without TLS will do where the server offers none. */
  readonly optional: boolean
}

const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]

/** What pg's URLs call as libpq does, and libpq as variables in upper case after `PG`. */
const parameters = ["sslmode", "sslrootcert", "sslcert", "sslkey"]

/**
 * @param url `postgres://…`, without a fragment
 * @param environment what the URL does not say is taken from there
 */
export const tlsUrls = (
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
): Result.Result<TlsUrls, ArchiveUnusable> => {
  const [place, query] = url.split("?")
  const asked = new URLSearchParams(query)
  for (const name of parameters) {
    const value = asked.get(name) ?? environment[`PG${name.toUpperCase()}`]
    if (value === undefined || value === "") asked.delete(name)
    else asked.set(name, value)
  }
  const mode = asked.get("sslmode")
  const rootCertificate = asked.get("sslrootcert")
  const withMode = (mode: string | null) => {
    const all = new URLSearchParams(asked)
    if (mode !== null) all.set("sslmode", mode)
    all.set("uselibpqcompat", "true")
    return `${place}?${String(all)}`
  }
  const optional = mode === "prefer" || mode === "allow"
  if (mode !== null && !modes.includes(mode))
    return refused(`there is no sslmode ${JSON.stringify(mode)}`, `Choose one of ${modes.join(", ")}.`)
  if (mode === "verify-ca" && rootCertificate === null)
    return refused(
      "sslmode=verify-ca needs the certificate of the authority that signed the server's",
      "Name its file with sslrootcert=FILE, or choose verify-full, which also knows the public authorities.",
    )
  if (rootCertificate === "system") {
    if (mode !== "verify-full")
      return refused("sslrootcert=system goes with sslmode=verify-full only", "Correct one of them.")
    // Node's own list, which pg takes where none is named.
    asked.delete("sslrootcert")
  }
  return Result.succeed({
    url: withMode(optional ? "prefer" : mode),
    plainUrl: withMode("disable"),
    optional,
  })
}

const refused = (reason: string, cure: string) =>
  Result.fail(new ArchiveUnusable({ archive: "DATABASE_URL", reason, cure }))

/** What `pg` fails with, which has no code, where a server answers that it offers no TLS. */
export const isTlsNotOffered = (cause: unknown): boolean =>
  cause instanceof Error && /server does not support SSL/.test(cause.message)
