/** The program itself: parses the command line, runs the command, and ends with the exit code that `exitCode.ts` chooses. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import { auditCommand } from "./commands/audit.ts"
import { backfillCommand } from "./commands/backfill.ts"
import { checkCommand } from "./commands/check.ts"
import { dbCommand } from "./commands/db.ts"
import { demoCommand } from "./commands/demo.ts"
import { exportCommand } from "./commands/export.ts"
import { nightlyCommand } from "./commands/nightly.ts"
import { planCommand } from "./commands/plan.ts"
import { reportCommand } from "./commands/report.ts"
import { statusCommand } from "./commands/status.ts"
import { exitCode } from "./exitCode.ts"
import { joinFlagValues } from "./joinFlagValues.ts"
import { LogFormat, logFormatOf } from "./LogFormat.ts"
import { presentInOneLine } from "./presentInOneLine.ts"
import { reportError } from "./reportError.ts"
import { version } from "./version.ts"

const program = Command.make("vodstation-etl").pipe(
  Command.withDescription(
    "Turns the encoding list of NAVER Cloud VOD Station into an archive of your own: complete with a proof, in Postgres or CSV.",
  ),
  Command.withSubcommands([
    backfillCommand,
    nightlyCommand,
    planCommand,
    statusCommand,
    auditCommand,
    exportCommand,
    reportCommand,
    checkCommand,
    dbCommand,
    demoCommand,
  ]),
  Command.withExamples([
    { command: "vodstation-etl demo", description: "See all of it at work, without credentials" },
    { command: "vodstation-etl backfill --from -30d", description: "The last thirty days into Postgres" },
  ]),
)

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

const args = process.argv.slice(2)

Command.runWith(program, { version })(joinFlagValues(args)).pipe(
  Effect.tapCause(reportError),
  Effect.provide(
    Layer.mergeAll(
      NodeServices.layer,
      CliOutput.layerPresenter({ present: presentInOneLine }),
      CliConfig.layer({
        builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions, GlobalFlag.LogLevel],
      }),
    ),
  ),
  Effect.provideService(LogFormat, logFormatOf(args)),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    teardown: (exit, onExit) => onExit(exitCode(exit, signal)),
  }),
)
