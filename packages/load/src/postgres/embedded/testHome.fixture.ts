/** For tests: a home folder of its own, and the end of whatever server was started there. */
import { execFileSync } from "node:child_process"
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"

import * as Effect from "effect/Effect"

import { findServerProcess, stopServer } from "./RunningServer.ts"
import { openServerFolder, type ServerFolder } from "./ServerFolder.ts"

/** A home folder for one test, or for several to copy, so that not each has to make a cluster. */
export interface TestHome extends AsyncDisposable {
  readonly home: string
  readonly folder: ServerFolder
}

/** Makes a home with mode 0700, empty or a copy; its disposal ends a server that was left there and removes it. */
export const testHome = async (original?: TestHome): Promise<TestHome> => {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), "vodstation-home-"))
  const home = path.join(parent, "home")
  if (original === undefined) fs.mkdirSync(home, { mode: 0o700 })
  else execFileSync("cp", ["-a", original.home, home])
  const folder = await Effect.runPromise(openServerFolder(home))
  return {
    home,
    folder,
    [Symbol.asyncDispose]: async () => {
      const pid = findServerProcess(folder)
      if (pid !== undefined) await Effect.runPromise(stopServer(folder, pid, undefined))
      fs.rmSync(parent, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
