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

export const measureProgram = Effect.fn("measureProgram")(function* (program: MeasuredProgram) {
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
  return yield* Schema.decodeEffect(Schema.fromJsonString(Measured))(
    JSON.stringify(Object.assign({}, ...lines.map((line) => JSON.parse(line)))),
  )
}, Effect.scoped)
