/**
 * The account that the server runs as. PostgreSQL refuses to run as root, so root runs it as `postgres` or `nobody`, by
 * way of setpriv. That account could enter neither a home below /root nor binaries installed there, both closed to others,
 * so it keeps one power of root: passing by file permissions.
 */
import * as fs from "node:fs"
import * as path from "node:path"

import * as Effect from "effect/Effect"

import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"

/** Who the server runs as, and how a command is run as them. */
export interface ServerAccount {
  /** Whom the data folder must belong to; `undefined` where that is us. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  /** What goes before a command for it to run as the account. */
  readonly prefix: ReadonlyArray<string>
}

const ourselves: ServerAccount = { owner: undefined, prefix: [] }

const refused = (what: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError({
    reason: "RootRefused",
    message: `PostgreSQL does not run as root, and ${what}. Run as an ordinary user, or set DATABASE_URL to use a server of your own.`,
  })

const findOnPath = (program: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, program))
    .find((file) => fs.existsSync(file))

/** The uid and gid of an account in the text of /etc/passwd. */
export const accountIn = (passwd: string, name: string): { uid: number; gid: number } | undefined => {
  const fields = passwd
    .split("\n")
    .map((line) => line.split(":"))
    .find(([account]) => account === name)
  return fields === undefined ? undefined : { uid: Number(fields[2]), gid: Number(fields[3]) }
}

/** The account for the cluster at `dataFolder`: for root the owner of what is there, else `postgres`, else `nobody`. */
export const serverAccount = (dataFolder: string): Effect.Effect<ServerAccount, EmbeddedPostgresError> =>
  Effect.suspend(() => {
    if (process.geteuid?.() !== 0) return Effect.succeed(ourselves)
    const setpriv = findOnPath("setpriv")
    if (setpriv === undefined)
      return Effect.fail(refused("there is no setpriv (of util-linux) to run it as another user"))
    const made = fs.statSync(dataFolder, { throwIfNoEntry: false })
    const passwd = fs.existsSync("/etc/passwd") ? fs.readFileSync("/etc/passwd", "utf8") : ""
    const owner =
      made !== undefined && made.uid !== 0
        ? { uid: made.uid, gid: made.gid }
        : (accountIn(passwd, "postgres") ?? accountIn(passwd, "nobody"))
    if (owner === undefined)
      return Effect.fail(refused("there is neither an account postgres nor nobody to run it as"))
    return Effect.succeed({
      owner,
      prefix: [
        setpriv,
        `--reuid=${owner.uid}`,
        `--regid=${owner.gid}`,
        "--clear-groups",
        "--securebits=+no_setuid_fixup",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        "--",
      ],
    })
  })
