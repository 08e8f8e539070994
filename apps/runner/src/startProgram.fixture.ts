/** Starts the program and lets a test stop it in the middle, for tests of how it ends. */
import { spawn } from "node:child_process"
import { emptyEnvironment, programUnderTest } from "./runProgram.fixture.ts"

export interface StartedProgram {
  readonly pid: number | undefined
  readonly kill: (signal: NodeJS.Signals) => void
  /** What came on standard output so far. */
  readonly printedSoFar: () => string
  /** What came on standard error so far. */
  readonly saidSoFar: () => string
  /** The exit code; null where a signal killed it outright. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/**
 * @param env what it finds in its environment beside what every program does
 * @param timeoutMs after which it is killed, whatever the test does
 */
export const startProgram = (
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>>,
  home: string,
  timeoutMs = 60_000,
): StartedProgram => {
  const child = spawn(process.execPath, [programUnderTest, ...args], {
    cwd: home,
    env: { ...emptyEnvironment(home), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  })
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  return {
    pid: child.pid,
    kill: (signal) => void child.kill(signal),
    printedSoFar: () => stdout,
    saidSoFar: () => stderr,
    ended: new Promise((resolve, reject) => {
      child.on("error", reject)
      child.on("close", (code) => resolve({ code, stdout, stderr }))
    }),
  }
}
