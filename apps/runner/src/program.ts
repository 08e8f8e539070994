/** The program itself: parses the command line, runs the command, and ends with the exit code that `exitCode.ts` chooses. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import { exitCode } from "./exitCode.ts"
import { helpFormatter } from "./helpFormatter.ts"
import { joinFlagValues } from "./joinFlagValues.ts"
import { LogFormat, logFormatOf } from "./LogFormat.ts"
import { plainLogLayer } from "./logLayer.ts"
import { presentInOneLine } from "./presentInOneLine.ts"
import { reportError, reportUncaught } from "./reportError.ts"
import { rootCommand } from "./rootCommand.ts"
import { isVerbose } from "./verboseFlag.ts"
import { version } from "./version.ts"

const asked = process.argv.slice(2)
const format = logFormatOf(asked)
const verbose = isVerbose(asked)

let signal: "SIGINT" | "SIGTERM" | undefined
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    // The first one lets days in flight roll back; who sends a second one does not want to wait for that.
    if (signal !== undefined) process.exit(name === "SIGTERM" ? 143 : 130)
    signal = name
  })
}

// A reader that has seen enough (`| head`) is no failure of ours: the command goes on, or ends, as it would have.
process.stdout.on("error", () => {})
// Nor is one of what is said meanwhile.
process.stderr.on("error", () => {})

process.on("uncaughtException", (error) => {
  Effect.runSync(reportUncaught(error, verbose).pipe(Effect.provideService(LogFormat, format)))
  process.exit(1)
})

Command.runWith(rootCommand, { version })(joinFlagValues(asked)).pipe(
  Effect.tapCause((cause) => reportError(cause, verbose)),
  Effect.provide(
    Layer.mergeAll(
      NodeServices.layer,
      plainLogLayer,
      verbose ? Layer.succeed(References.MinimumLogLevel, "Debug") : Layer.empty,
      CliOutput.layer(helpFormatter(process.stdout)),
      CliOutput.layerPresenter({ present: presentInOneLine }),
      CliConfig.layer({
        builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions, GlobalFlag.LogLevel],
      }),
    ),
  ),
  Effect.provideService(LogFormat, format),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    teardown: (exit, onExit) => onExit(exitCode(exit, signal)),
  }),
)
