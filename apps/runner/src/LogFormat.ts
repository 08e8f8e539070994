/**
 * How lines on standard error look: words for people, or one JSON object a line for programs. It is looked for in the
 * arguments before they are parsed, so that what the parsing itself has to say looks so as well.
 */
import * as Context from "effect/Context"

export const logFormats = ["pretty", "json"] as const

export type LogFormat = (typeof logFormats)[number]

export const LogFormat = Context.Reference<LogFormat>("@vodstation-etl/runner/LogFormat", {
  defaultValue: () => "pretty",
})

const flag = "--log-format"

/** The format that the arguments ask for; `pretty` where they ask for none that there is. */
export const logFormatOf = (args: ReadonlyArray<string>): LogFormat => {
  const end = args.indexOf("--")
  const flags = end === -1 ? args : args.slice(0, end)
  const asked = flags.some(
    (arg, index) => arg === `${flag}=json` || (arg === flag && flags[index + 1] === "json"),
  )
  return asked ? "json" : "pretty"
}
