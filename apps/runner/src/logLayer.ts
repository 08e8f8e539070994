/**
 * Where log lines go: to standard error, through the progress display so that neither garbles the other. Standard output
 * carries results only.
 */
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import { jsonLine } from "./jsonLine.ts"
import { LogFormat } from "./LogFormat.ts"
import { Progress } from "./Progress.ts"

/** Annotations of a log line: the run, the work day, and the name of the error that it tells of. */
export interface Annotations {
  readonly run?: string
  readonly day?: string
  readonly error?: string
}

/** Annotates all that is logged in an effect; the names are those of the keys of a JSON line. */
export const aboutLogs = (annotations: Annotations) => Effect.annotateLogs({ ...annotations })

const wordsOf = (message: unknown): string =>
  (Array.isArray(message) ? message : [message]).map(String).join(" ")

const pretty = Logger.make(({ logLevel, message, fiber }) => {
  const words = wordsOf(message)
  const { error } = fiber.getRef(References.CurrentLogAnnotations)
  // A problem says itself that it is one, and what is no more than information needs no word for it.
  if (typeof error === "string") return `${words} [${error}]`
  return logLevel === "Info" ? words : `${logLevel.toLowerCase()}: ${words}`
})

const json = Logger.make(({ date, logLevel, message, fiber }) =>
  jsonLine(date.getTime(), {
    ...fiber.getRef(References.CurrentLogAnnotations),
    level: logLevel.toLowerCase(),
    message: wordsOf(message),
  }),
)

const loggerOf = (format: LogFormat) => (format === "json" ? json : pretty)

/** Beside a display of progress, which shows problems as such. */
export const logLayer = Logger.layer([
  Effect.map(Effect.all([Progress, LogFormat]), ([progress, format]) => {
    const lineOf = loggerOf(format)
    return Logger.make((options) => {
      const isProblem = "error" in options.fiber.getRef(References.CurrentLogAnnotations)
      Effect.runSync(progress[isProblem ? "problem" : "say"](lineOf.log(options)))
    })
  }),
])

/** For commands that show no progress. */
export const plainLogLayer = Logger.layer([
  Effect.map(LogFormat, (format) =>
    Logger.map(loggerOf(format), (line) => void process.stderr.write(`${line}\n`)),
  ),
])
