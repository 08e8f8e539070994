/**
 * `pnpm bench start`: how long the program takes to say `--help`, as it is published, against Node with nothing to do. That is
 * what every command takes before it does anything.
 */
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { buildPackage } from "@vodstation-etl/runner/buildPackage"
import { machine } from "./machine.ts"
import { ProgramFailed } from "./processes/measureProgram.ts"
import { spreadOf, spreadText } from "./Spread.ts"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { temporaryFolder } from "./temporaryFolder.ts"

const aim = 150

export const startBench = Effect.fn("startBench")(function* (options: { readonly repetitions: number }) {
  const folder = yield* temporaryFolder
  const built = join(folder, "package")
  yield* Effect.promise(() => buildPackage(built))
  const timed = Effect.fnUntraced(function* (...args: ReadonlyArray<string>) {
    const started = performance.now()
    const { status } = spawnSync(process.execPath, args, { env: { ...process.env, XDG_CACHE_HOME: folder } })
    const milliseconds = performance.now() - started
    if (status !== 0)
      return yield* new ProgramFailed({ program: args.join(" "), reason: `ended with code ${status}` })
    return milliseconds
  })
  const bare = timed("-e", "0")
  const help = timed(join(built, "bin.cjs"), "--help")

  yield* Console.error(`${options.repetitions} rounds of both, after one that fills the compile cache`)
  yield* help
  const rounds: Array<{ readonly bare: number; readonly help: number }> = []
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    // Who goes first takes turns too.
    const first = repetition % 2 === 0 ? yield* help : undefined
    const bareTook = yield* bare
    rounds.push({ bare: bareTook, help: first ?? (yield* help) })
  }
  yield* Console.log(report(rounds))
}, Effect.scoped)

const report = (rounds: ReadonlyArray<{ readonly bare: number; readonly help: number }>): string => {
  const bare = spreadOf(rounds.map((round) => round.bare))
  const help = spreadOf(rounds.map((round) => round.help))
  return [
    `Measured on ${machine()}: ${rounds.length} runs of each, in turn.`,
    tableOf(
      ["start", "milliseconds", "held against"],
      [
        ["node -e 0", spreadText(bare, 0), ""],
        ["vodstation-etl --help, as published", spreadText(help, 0), ""],
        ["difference of the medians", (help.median - bare.median).toFixed(0), `at most ${aim}`],
      ],
    ),
  ].join("\n")
}
