/** Running a program of PostgreSQL that ends by itself. */
import * as Effect from "effect/Effect"

import type { ServerAccount } from "./ServerAccount.ts"
import { spawnDetached } from "./spawnDetached.ts"

/** How a program ended. */
export interface Ending {
  readonly succeeded: boolean
  /** What it wrote, to either stream. */
  readonly output: string
}

/** Runs `command` as `account` with `input`, and kills it with all it started when interrupted. */
export const runToEnd = (
  account: ServerAccount,
  command: ReadonlyArray<string>,
  { cwd, input }: { readonly cwd: string; readonly input: string },
): Effect.Effect<Ending> =>
  Effect.callback((resume) => {
    const child = spawnDetached(account, command, { cwd, stdio: ["pipe", "pipe", "pipe"] })
    let output = ""
    const collect = (chunk: Buffer): void => void (output += chunk.toString())
    child.stdout?.on("data", collect)
    child.stderr?.on("data", collect)
    const closed = new Promise<void>((resolve) => {
      child.once("close", (code) => {
        resolve()
        resume(Effect.succeed({ succeeded: code === 0, output }))
      })
      child.once("error", (error) => {
        resolve()
        resume(Effect.succeed({ succeeded: false, output: error.message }))
      })
    })
    // A program that dies before it has read its input has its say in its output.
    child.stdin?.on("error", () => undefined)
    child.stdin?.end(input)
    return Effect.promise(() => {
      if (child.pid === undefined) return closed
      try {
        if (process.platform === "win32") child.kill("SIGKILL")
        else process.kill(-child.pid, "SIGKILL")
      } catch {
        // It ended by itself at this moment.
      }
      return closed
    })
  })
