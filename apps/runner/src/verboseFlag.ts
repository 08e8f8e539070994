/** `--verbose`, which every command takes. */
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"

export const verboseFlag = GlobalFlag.Setting("verbose")({
  flag: Flag.Boolean("verbose").pipe(
    Flag.withDescription("Say more on standard error: debug lines, and where an error came from"),
    Flag.withDefault(false),
  ),
})

/** Whether it is set, as it must be known also where the command line was not understood. */
export const isVerbose = (args: ReadonlyArray<string>): boolean => {
  const end = args.indexOf("--")
  return (end === -1 ? args : args.slice(0, end)).some(
    (arg) => arg === "--verbose" || arg === "--verbose=true",
  )
}
