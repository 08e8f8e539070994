/** Runs a program to its end in a process of its own, and gives what it tells of itself. */
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as ChildProcess from "effect/process/ChildProcess"

/** The program did not do what it was started for. */
export class ProgramFailed extends Schema.TaggedError<ProgramFailed>()("ProgramFailed", {
  program: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `${this.program} ${this.reason}; what it wrote stands above`
  }
}

/** What `launch.ts` tells of the whole process, start-up included. */
const wholeProcess = {
  /** User and system. */
  wholeCpuSeconds: Schema.Finite,
  /** Resident set. */
  peakBytes: Schema.Finite,
}

/** What each of our measured programs prints of its work alone, without start-up. */
export type Measured = typeof Measured.Type
const Measured = Schema.Struct({
  rows: Schema.Finite,
  requests: Schema.Finite,
  seconds: Schema.Finite,
  cpuSeconds: Schema.Finite,
  /** Of all processes of the machine meanwhile, where that is told. */
  machineCpuSeconds: Schema.optionalKey(Schema.Finite),
  ...wholeProcess,
})

export interface MeasuredProgram {
  /** Path of the program. */
  readonly path: string
  readonly args: ReadonlyArray<string | number>
  readonly env: Readonly<Record<string, string>>
  /** Its standard input. */
  readonly input?: string
}

const launcher = join(import.meta.dirname, "launch.ts")

/** What a whole process took, and the lines of JSON that it printed. */
export interface WholeProcess {
  readonly lines: ReadonlyArray<object>
  /** From its start to its end. */
  readonly wholeSeconds: number
}

/** Runs the program to its end; the last line is that of `launch.ts`. */
export const runMeasured = Effect.fn("runMeasured")(function* (program: MeasuredProgram) {
  const startedAt = performance.now()
  const child = yield* ChildProcess.make(
    process.execPath,
    [launcher, program.path, ...program.args.map(String)],
    {
      env: program.env,
      extendEnv: true,
      stdin: Stream.make(new TextEncoder().encode(program.input ?? "")),
      stderr: "inherit",
      forceKillAfter: "5 seconds",
    },
  )
  const lines = yield* child.stdout.pipe(Stream.decodeText(), Stream.splitLines, Stream.runCollect)
  const code = yield* child.exitCode
  if (code !== 0)
    return yield* new ProgramFailed({ program: program.path, reason: `ended with code ${code}` })
  const wholeSeconds = (performance.now() - startedAt) / 1e3
  return { lines: lines.map((line): object => JSON.parse(line)), wholeSeconds } satisfies WholeProcess
}, Effect.scoped)

export const measureProgram = Effect.fn("measureProgram")(function* (program: MeasuredProgram) {
  const { lines } = yield* runMeasured(program)
  return yield* Schema.decodeUnknownEffect(Measured)(Object.assign({}, ...lines))
})
