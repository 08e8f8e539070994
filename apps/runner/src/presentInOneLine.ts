/**
 * What the command line itself has to say: help on standard output where it was asked for, and for a mistake one line on
 * standard error, with the nearest right word, instead of a page of help that hides it.
 */
import * as Effect from "effect/Effect"
import type { NonShowHelpErrors } from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import { InvalidCommandLine } from "./InvalidCommandLine.ts"
import { nearestName } from "./nearestName.ts"
import { tellError } from "./reportError.ts"

export const presentInOneLine = (event: CliOutput.Presenter.Event): Effect.Effect<void> => {
  switch (event._tag) {
    case "InvalidInvocation":
      return Effect.suspend(() =>
        tellError(
          new InvalidCommandLine({
            wrong: telling(event.errors).map(inOneLine),
            command: event.commandPath.join(" "),
          }),
        ),
      )
    case "Help":
    case "Version":
      return CliOutput.defaultPresenter.present(event)
  }
}

/** Without the mistakes that are there only because of another one. */
const telling = (errors: ReadonlyArray<NonShowHelpErrors>): ReadonlyArray<NonShowHelpErrors> => {
  // The flags of a command that is not known are not known either.
  const unknown = errors.filter((error) => error._tag === "UnknownSubcommand")
  return unknown.length > 0 ? unknown : errors
}

/** The library's message without its line ends and its own workings, as sentences. */
const inOneLine = (error: NonShowHelpErrors): string => {
  const line = error.message
    .replaceAll(/\s*\n\s*/g, " ")
    .trim()
    .replace("Expected: Schema validation failed: ", "")
    .replace("a string representing a finite number", "a number")
    .replace(/ Did you mean this\? (.+)$/, ". Did you mean $1?")
  const sentence = /[.?]$/.test(line) ? line : `${line}.`
  const meant = error._tag === "InvalidValue" ? nearestName(error.value, choicesIn(error.expected)) : null
  return meant === null ? sentence : `${sentence} Did you mean ${meant}?`
}

/** The values to choose from, which the library names as `"postgres" | "csv"`. */
const choicesIn = (expected: string): ReadonlyArray<string> =>
  expected.includes(" | ") ? [...expected.matchAll(/"([^"]+)"/g)].map(([, choice]) => choice!) : []
