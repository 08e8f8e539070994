/** The folder of the embedded server under the home folder, and what lies where in it. */
import * as fs from "node:fs"
import * as path from "node:path"

import * as Effect from "effect/Effect"

import type { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { makeFolder } from "../../makeFolder.ts"
import { homeUnusable } from "./homeUnusable.ts"

/** Paths of the embedded server's files. */
export interface ServerFolder {
  readonly root: string
  /** The cluster. Exists only complete: it is made beside its place and renamed. */
  readonly data: string
  readonly password: string
  /** The port of the last start, taken again when it is free, so that a URL given to a BI tool goes on working. */
  readonly port: string
  /** Where the server was last started: see `serverPlace`. */
  readonly place: string
  readonly log: string
  /** Held exclusively by whoever starts or stops the server. */
  readonly startLock: string
  /** Held shared by every program that uses the server. */
  readonly usersLock: string
}

/** The paths under `home`, whose `postgres` folder is made if it is missing. */
export const openServerFolder = (home: string): Effect.Effect<ServerFolder, EmbeddedPostgresError> => {
  const wanted = path.resolve(home, "postgres")
  return Effect.try({
    try: () => {
      makeFolder(wanted, 0o700)
      fs.accessSync(wanted, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK)
      // One name, whichever link it was reached by: the running server is recognised by the name of its data folder.
      const root = fs.realpathSync(wanted)
      const at = (name: string): string => path.join(root, name)
      return {
        root,
        data: at("data"),
        password: at("password"),
        port: at("port"),
        place: at("place"),
        log: at("server.log"),
        startLock: at("start.lock"),
        usersLock: at("users.lock"),
      }
    },
    catch: (cause) => homeUnusable("write to", wanted, cause),
  })
}
