/**
 * The password of the embedded server: random, made once, in a file that only its owner reads. It keeps the other users
 * of a shared machine, who can reach the loopback as well, out of the archive.
 */
import * as crypto from "node:crypto"
import * as fs from "node:fs"

import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { homeUnusable } from "./homeUnusable.ts"
import type { ServerFolder } from "./ServerFolder.ts"
import { syncFolder } from "./syncFolder.ts"

const read = (folder: ServerFolder): string =>
  fs.existsSync(folder.password) ? fs.readFileSync(folder.password, "utf8").trim() : ""

/** The password of the cluster, which exists. */
export const serverPassword = (
  folder: ServerFolder,
): Effect.Effect<Redacted.Redacted, EmbeddedPostgresError> =>
  Effect.try({
    try: () => read(folder),
    catch: (cause) => homeUnusable("read", folder.password, cause),
  }).pipe(
    Effect.filterOrFail(
      (password) => password !== "",
      () =>
        new EmbeddedPostgresError({
          reason: "HomeUnusable",
          message: `The password of the embedded PostgreSQL is gone: ${folder.password} is missing or empty, while its data is there. Put the file back from a backup; or move ${folder.root} away to begin a new archive.`,
        }),
    ),
    Effect.map((password) => Redacted.make(password)),
  )

/** Sees to it that there is a password, for a cluster that is yet to be made. The file is never half. */
export const makeServerPassword = (folder: ServerFolder): Effect.Effect<void, EmbeddedPostgresError> =>
  Effect.try({
    try: () => {
      if (read(folder) !== "") return
      const half = `${folder.password}.new`
      fs.rmSync(half, { force: true })
      fs.writeFileSync(half, `${crypto.randomBytes(24).toString("base64url")}\n`, {
        mode: 0o600,
        flush: true,
        flag: "wx",
      })
      fs.renameSync(half, folder.password)
      syncFolder(folder.root)
    },
    catch: (cause) => homeUnusable("write", folder.password, cause),
  })
