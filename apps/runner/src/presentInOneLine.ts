/**
 * What the command line itself has to say: help on standard output where it was asked for, and for a mistake one line on
 * standard error, with the nearest right word, instead of a page of help that hides it.
 */
import * as Effect from "effect/Effect"
import * as CliOutput from "effect/cli/CliOutput"

export const presentInOneLine = (event: CliOutput.Presenter.Event): Effect.Effect<void> => {
  switch (event._tag) {
    case "InvalidInvocation":
      return Effect.sync(() => {
        const wrong = event.errors
          .map((error) => error.message.replaceAll(/\s*\n\s*/g, " ").trim())
          .join("; ")
        process.stderr.write(`vodstation-etl: ${wrong}. See ${event.commandPath.join(" ")} --help.\n`)
      })
    case "Help":
    case "Version":
      return CliOutput.defaultPresenter.present(event)
  }
}
