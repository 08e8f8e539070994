/** The examples in the help of every command, and a way to run one as it is written, in a shell. */
import { spawn } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import type * as Command from "effect/cli/Command"
import { rootCommand } from "./rootCommand.ts"
import { emptyEnvironment, programUnderTest } from "./runProgram.fixture.ts"

export interface Example {
  /** Such as `vodstation-etl db`. */
  readonly of: string
  readonly line: string
}

/** All commands by what one types for them. */
export const allCommands: ReadonlyMap<string, Command.Command.Any> = new Map(
  (function* below(command: Command.Command.Any, path: string): Iterable<[string, Command.Command.Any]> {
    yield [path, command]
    for (const { commands } of command.subcommands)
      for (const sub of commands) yield* below(sub, `${path} ${sub.name}`)
  })(rootCommand, rootCommand.name),
)

/** In the order of the help; a line that two commands show is there once. */
export const allExamples: ReadonlyArray<Example> = [
  ...new Map(
    [...allCommands].flatMap(([of, command]) =>
      command.examples.map(({ command: line }) => [line, { of, line }] as const),
    ),
  ).values(),
]

/** What stays until it is stopped, which `stopWhen` looks for on standard output. */
export interface RunOptions {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly stopWhen?: RegExp | undefined
}

/** Runs a line in the folder, where `vodstation-etl` is on the path. */
export const runExample = async (line: string, { folder, env, stopWhen }: RunOptions) => {
  const bin = join(folder, "bin")
  mkdirSync(bin, { recursive: true })
  const program = `#!/bin/sh\nexec "${process.execPath}" "${programUnderTest}" "$@"\n`
  writeFileSync(join(bin, "vodstation-etl"), program, { mode: 0o755 })
  const base = emptyEnvironment(folder)
  const child = spawn("bash", ["-o", "pipefail", "-c", line], {
    cwd: folder,
    env: { ...base, PATH: `${bin}${delimiter}${base["PATH"]}`, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that the signal reaches it as Ctrl-C would.
    detached: true,
  })
  let stdout = ""
  let stderr = ""
  let stopped = false
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text
    if (stopped || stopWhen?.test(stdout) !== true) return
    stopped = true
    process.kill(-child.pid!, "SIGINT")
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  // Never by SIGKILL, which would leave an embedded server behind.
  const late = setTimeout(() => process.kill(-child.pid!, "SIGTERM"), 60_000)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", resolve)
  }).finally(() => clearTimeout(late))
  return { code, stdout, stderr }
}
