/**
 * How `--help` looks: no wider than the terminal, nor than can be read well; and of the flags that all commands have, all on the
 * first page only.
 */
import * as CliOutput from "effect/cli/CliOutput"
import type { FlagDoc } from "effect/cli/HelpDoc"
import { wrapLines } from "./wrapLines.ts"

const widest = 110

/** On the page of each command. */
const needed = ["help", "verbose"]

export const helpFormatter = (stream: { readonly columns?: number }): CliOutput.Formatter => {
  const base = CliOutput.defaultFormatter()
  return {
    formatCliError: (error) => base.formatCliError(error),
    formatError: (error) => base.formatError(error),
    formatErrors: (errors) => base.formatErrors(errors),
    formatVersion: (name, version) => base.formatVersion(name, version),
    formatHelpDoc: (doc) => {
      // The library indents the first line only, and leaves no blank one between commands and examples.
      const description = doc.description.replaceAll(/\n(?=.)/g, "\n  ")
      const isFirstPage = (doc.commandPath?.length ?? 1) === 1
      const shown = doc.globalFlags?.filter(({ name }) => isFirstPage || needed.includes(name)) ?? []
      const globalFlags = shown.map(withoutChoices)
      const page = base.formatHelpDoc({ ...doc, description, globalFlags })
      const apart = page.replace(/(?<!\n)\n(?=\S*EXAMPLES)/, "\n\n")
      return wrapLines(apart, Math.min(stream.columns ?? widest, widest))
    },
  }
}

/** The description tells the choices as well, and has more room. */
const withoutChoices = (flag: FlagDoc): FlagDoc =>
  flag.type.includes("|") ? { ...flag, type: "choice" } : flag
