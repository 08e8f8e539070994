/**
 * `pnpm simulator`. Standard output is for one line of JSON (or the help), everything else goes to standard error.
 * Exits 0 when it is stopped, 2 for usage errors, 1 for anything else.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Cause, Console, Effect, Exit, Layer } from "effect"
import { CliError, CliOutput, Command } from "effect/cli"
import { SimulatorError } from "./Simulator.ts"
import { simulatorCommand } from "./simulatorCommand.ts"

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, " ").trim()

const presenter = CliOutput.layerPresenter({
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Console.error(
          oneLine(`simulator: ${event.errors.map(({ message }) => message).join("; ")} (see --help)`),
        )
      : CliOutput.defaultPresenter.present(event),
})

const exitCode = (error: unknown): number =>
  CliError.isCliError(error) || (error instanceof SimulatorError && error.reason === "InvalidOptions") ? 2 : 1

Command.run(simulatorCommand, { version: "0.1.0" }).pipe(
  Effect.tapError((error) =>
    error._tag === "SimulatorError" ? Console.error(oneLine(`simulator: ${error.message}`)) : Effect.void,
  ),
  Effect.provide(Layer.merge(presenter, NodeServices.layer)),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    // Being stopped is how a server ends.
    teardown: (exit, onExit) =>
      onExit(
        Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause) ? 0 : exitCode(Cause.squash(exit.cause)),
      ),
  }),
)
