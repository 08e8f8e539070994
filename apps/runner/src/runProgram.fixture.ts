/** Runs the program as a user would, in a process of its own, for tests. */
import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

export interface ProgramRun {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Peak memory of the process, bytes; 0 if it was killed. */
  readonly peakMemory: number
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Files of its current folder, which is its home as well: text by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Its standard input; none without it. */
  readonly input?: string
  readonly timeoutMs?: number
  /** Called with all of standard output so far, whenever more comes. */
  readonly onStdout?: (text: string) => void
  /** Called with all of standard error so far, whenever more comes; may send a signal. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** The bundled program where tests run, else that of the source. */
export const programUnderTest = process.env["PROGRAM_UNDER_TEST"] ?? join(import.meta.dirname, "main.ts")
const memoryRecorder = join(import.meta.dirname, "recordMemory.fixture.ts")

/** The environment that a test starts from: nothing of the developer's own keys, databases or folders. */
export const emptyEnvironment = (home: string): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  LANG: "C.UTF-8",
  // Shared by all runs: compiling is half of the time that a short one takes.
  NODE_COMPILE_CACHE: join(tmpdir(), `vodstation-compiled-${process.getuid?.() ?? ""}`),
})

export const runProgram = async (
  args: ReadonlyArray<string>,
  options: ProgramOptions = {},
): Promise<ProgramRun> => {
  const scratch = mkdtempSync(join(tmpdir(), "vodstation-run-"))
  const memoryFile = join(scratch, "memory")
  try {
    for (const [name, text] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(scratch, name)), { recursive: true })
      writeFileSync(join(scratch, name), text)
    }
    const child = spawn(process.execPath, ["--import", memoryRecorder, programUnderTest, ...args], {
      cwd: scratch,
      env: { ...emptyEnvironment(scratch), RECORD_MEMORY_IN: memoryFile, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: options.timeoutMs ?? 120_000,
      killSignal: "SIGKILL",
    })
    let stdout = ""
    let stderr = ""
    child.stdin.on("error", () => {})
    child.stdin.end(options.input)
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
      options.onStdout?.(stdout)
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      options.onStderr?.(stderr, (signal) => child.kill(signal))
    })
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on("error", reject)
      child.on("close", (code, signal) => resolve([code, signal]))
    })
    return { code, signal, stdout, stderr, peakMemory: recordedMemory(memoryFile) }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const recordedMemory = (file: string): number => {
  try {
    return Number(readFileSync(file, "utf8"))
  } catch {
    return 0
  }
}
