/** For tests: runs `useServer.fixture.ts` as a program of its own, as we are or as an ordinary user. */
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import * as path from "node:path"
import { createInterface } from "node:readline"

import * as Schema from "effect/Schema"

const Answer = Schema.fromJsonString(
  Schema.Struct({
    url: Schema.optionalKey(Schema.String),
    port: Schema.optionalKey(Schema.Finite),
    startedHere: Schema.optionalKey(Schema.Boolean),
    reason: Schema.optionalKey(Schema.String),
    message: Schema.optionalKey(Schema.String),
  }),
)

/** Whether the tests run as root. */
export const weAreRoot = process.geteuid?.() === 0

// Reading is allowed, so that the tests also run where the project lies in a folder closed to others; writing is not.
const asNobody = [
  "setpriv",
  "--reuid=65534",
  "--regid=65534",
  "--clear-groups",
  "--securebits=+no_setuid_fixup",
  "--inh-caps=+dac_read_search",
  "--ambient-caps=+dac_read_search",
  "--bounding-set=-all,+dac_read_search",
  "--",
]

/** A program that uses the server of a home. */
export interface UserProgram {
  readonly child: ChildProcess
  /** The line it writes when its use has begun, or failed. */
  readonly answer: Promise<typeof Answer.Type>
  /** Has it end its use, and waits for its end; its exit code. */
  readonly finish: () => Promise<number | null>
  /** kill -9, and waits for its end. */
  readonly kill: () => Promise<void>
}

/** Starts a program that uses the server of `home`, if need be by way of the command `within`. */
export const spawnUser = (
  home: string,
  {
    ordinary = false,
    within = [],
  }: { readonly ordinary?: boolean; readonly within?: ReadonlyArray<string> } = {},
): UserProgram => {
  const script = path.join(import.meta.dirname, "useServer.fixture.ts")
  const command = [process.execPath, script, home]
  const [program = "", ...args] = [...within, ...(ordinary && weAreRoot ? asNobody : []), ...command]
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], cwd: "/" })
  const exited = once(child, "exit")
  const line = once(createInterface(child.stdout), "line")
  const answer = Promise.race([
    line.then(([text]) => Schema.decodeUnknownSync(Answer)(text)),
    exited.then(([code, signal]) => {
      throw new Error(`The program ended without an answer: ${String(code ?? signal)}`)
    }),
  ])
  // A test that kills the program does not ask for its answer.
  answer.catch(() => undefined)
  return {
    child,
    answer,
    finish: async () => {
      child.stdin.end()
      await exited
      return child.exitCode
    },
    kill: async () => {
      child.kill("SIGKILL")
      await exited
    },
  }
}
