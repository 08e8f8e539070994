/** Starting a program of PostgreSQL: as the server's account, apart from our terminal, with an environment of its own. */
import { spawn, type ChildProcess, type StdioOptions } from "node:child_process"

import type { ServerAccount } from "./ServerAccount.ts"

// Little is passed on: PG* variables would change what the server does, and our credentials are none of its business.
const passedOn = ["PATH", "LD_LIBRARY_PATH", "SystemRoot", "SystemDrive", "TEMP", "TMP", "TMPDIR"]

const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  LC_ALL: "C",
})

/**
 * Spawns `command` as `account`. It leads a process group of its own, so that the Ctrl-C of our terminal misses it: what
 * that ends is for us to decide.
 */
export const spawnDetached = (
  account: ServerAccount,
  command: ReadonlyArray<string>,
  options: { readonly cwd: string; readonly stdio: StdioOptions },
): ChildProcess => {
  const [program, ...args] = [...account.prefix, ...command]
  return spawn(program!, args, { ...options, env: environment(), detached: true, windowsHide: true })
}
