/** Starts `serveSimulator.ts`, and stops it with the scope. */
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as ChildProcess from "effect/process/ChildProcess"

export interface ServedWorld {
  readonly seed?: number
  /** The world's first day, YYYY-MM-DD. */
  readonly firstDay: string
  /** One entry a day. */
  readonly rowsPerDay: ReadonlyArray<number>
  readonly latencyMs: number
  /** Share of files that were encoded before on the same day. */
  readonly twinShare: number
  /** Share of rows that never end. */
  readonly stuckShare: number
}

export type SimulatorProcess = typeof SimulatorProcess.Type
const SimulatorProcess = Schema.Struct({
  baseUrl: Schema.String,
  accessKey: Schema.String,
  secretKey: Schema.String,
})

const program = join(import.meta.dirname, "serveSimulator.ts")

export const startSimulatorProcess = Effect.fn("startSimulatorProcess")(function* (world: ServedWorld) {
  const child = yield* ChildProcess.make(process.execPath, [program, JSON.stringify(world)], {
    stderr: "inherit",
    forceKillAfter: "5 seconds",
  })
  const line = yield* child.stdout.pipe(Stream.decodeText(), Stream.splitLines, Stream.runHead)
  return yield* Schema.decodeEffect(Schema.fromJsonString(SimulatorProcess))(
    line._tag === "Some" ? line.value : "",
  )
})

/** The environment in which a program finds the simulator's keys. */
export const keysOf = (simulator: SimulatorProcess) => ({
  NCLOUD_ACCESS_KEY_ID: simulator.accessKey,
  NCLOUD_SECRET_ACCESS_KEY: simulator.secretKey,
})
