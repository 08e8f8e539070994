/**
 * The first use: makes the cluster and its database. It is made beside its place and renamed when it is whole, so that a
 * kill at any moment leaves no half cluster, only a folder that the next use clears away.
 */
import * as crypto from "node:crypto"
import * as fs from "node:fs"
import * as path from "node:path"

import * as Effect from "effect/Effect"

import { diskFullIn } from "./diskFullIn.ts"
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import type { Binaries } from "./findBinaries.ts"
import { homeUnusable } from "./homeUnusable.ts"
import { runToEnd } from "./runToEnd.ts"
import type { ServerAccount } from "./ServerAccount.ts"
import type { ServerFolder } from "./ServerFolder.ts"
import { makeServerPassword } from "./serverPassword.ts"
import { syncFolder } from "./syncFolder.ts"

/** The one role and the one database of the cluster have the same name. */
export const databaseName = "vodstation"

const unfinished = "data.new-"

const removeUnfinished = (folder: ServerFolder): Effect.Effect<void> =>
  // What an initdb that outlived its program still writes to cannot be removed yet, and is in nobody's way.
  Effect.ignore(
    Effect.try(() => {
      for (const name of fs.readdirSync(folder.root).filter((name) => name.startsWith(unfinished))) {
        fs.rmSync(path.join(folder.root, name), { recursive: true, force: true })
      }
    }),
  )

const lastLines = (output: string): string => output.trimEnd().split("\n").slice(-15).join("\n")

const createFailed = (folder: ServerFolder, output: string): EmbeddedPostgresError => {
  const full = diskFullIn(output)
  const why =
    full === undefined
      ? `. Its last words:\n${lastLines(output)}\nMend what they name and run again`
      : `, since the disk is full (${full}). Free some space there and run again, choose another folder with VODSTATION_HOME`
  return new EmbeddedPostgresError({
    reason: "CreateFailed",
    message: `The cluster of the embedded PostgreSQL could not be made in ${folder.root}${why}, or set DATABASE_URL to use a server of your own.`,
  })
}

const fill = Effect.fnUntraced(function* (
  folder: ServerFolder,
  account: ServerAccount,
  binaries: Binaries,
  data: string,
): Effect.fn.Return<void, EmbeddedPostgresError> {
  const run = (command: ReadonlyArray<string>, input: string) =>
    runToEnd(account, command, { cwd: folder.root, input }).pipe(
      Effect.filterOrFail(
        (ending) => ending.succeeded,
        (ending) => createFailed(folder, ending.output),
      ),
    )
  yield* run(
    [
      binaries.initdb,
      `--pgdata=${data}`,
      `--username=${databaseName}`,
      `--pwfile=${folder.password}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--no-instructions",
    ],
    "",
  )
  // Without a server, so that the database is there before the cluster is.
  yield* run(
    [binaries.postgres, "--single", "-D", data, "-c", "exit_on_error=on", "postgres"],
    `CREATE DATABASE ${databaseName}\n`,
  )
})

/** Makes the cluster at `folder.data` unless it is there. The caller holds the start lock. */
export const createCluster = Effect.fn("createCluster")(function* (
  folder: ServerFolder,
  account: ServerAccount,
  binaries: Binaries,
): Effect.fn.Return<void, EmbeddedPostgresError> {
  yield* removeUnfinished(folder)
  if (fs.existsSync(path.join(folder.data, "PG_VERSION"))) return yield* Effect.void
  if (fs.existsSync(folder.data)) {
    return yield* new EmbeddedPostgresError({
      reason: "HomeUnusable",
      message: `${folder.data} is no PostgreSQL cluster, and is in the place of one. Move it away and run again, or choose another folder with VODSTATION_HOME.`,
    })
  }
  yield* makeServerPassword(folder)
  const data = path.join(folder.root, `${unfinished}${crypto.randomBytes(4).toString("hex")}`)
  yield* Effect.try({
    try: () => {
      fs.mkdirSync(data, { mode: 0o700 })
      if (account.owner !== undefined) fs.chownSync(data, account.owner.uid, account.owner.gid)
    },
    catch: (cause) => homeUnusable("create", data, cause),
  })
  return yield* fill(folder, account, binaries, data).pipe(
    Effect.andThen(
      Effect.try({
        try: () => {
          fs.renameSync(data, folder.data)
          syncFolder(folder.root)
        },
        catch: (cause) => homeUnusable("replace", folder.data, cause),
      }),
    ),
    Effect.onError(() => removeUnfinished(folder)),
  )
})
