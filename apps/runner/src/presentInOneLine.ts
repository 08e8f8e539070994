/**
 * What the command line itself has to say: help on standard output where it was asked for, and for a mistake one line on
 * standard error, with the nearest right word, instead of a page of help that hides it.
 */
import * as Effect from "effect/Effect"
import * as CliOutput from "effect/cli/CliOutput"
import { reportLine } from "./reportError.ts"

export const presentInOneLine = (event: CliOutput.Presenter.Event): Effect.Effect<void> => {
  switch (event._tag) {
    case "InvalidInvocation":
      return Effect.suspend(() => {
        // The flags of a command that is not known are not known either, which nobody needs to be told.
        const unknown = event.errors.filter((error) => error._tag === "UnknownSubcommand")
        const told = unknown.length > 0 ? unknown : event.errors
        const wrong = told.map((error) => inOneLine(error.message))
        return reportLine(`${wrong.join(" ")} See ${event.commandPath.join(" ")} --help.`, told[0]?._tag)
      })
    case "Help":
    case "Version":
      return CliOutput.defaultPresenter.present(event)
  }
}

/** The library's message without its line ends and its own workings, as sentences. */
const inOneLine = (message: string): string => {
  const line = message
    .replaceAll(/\s*\n\s*/g, " ")
    .trim()
    .replace("Expected: Schema validation failed: ", "")
    .replace(/ Did you mean this\? (.+)$/, ". Did you mean $1?")
  return /[.?]$/.test(line) ? line : `${line}.`
}
