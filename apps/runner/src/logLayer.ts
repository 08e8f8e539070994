/**
 * Where log lines go: to standard error, through the progress display so that neither garbles the other. Standard output
 * carries results only.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { Progress } from "./Progress.ts"

const pretty = Logger.make(({ logLevel, message }) => {
  const words = (Array.isArray(message) ? message : [message]).map(String).join(" ")
  return `${logLevel.toLowerCase()}: ${words}`
})

/** For commands that show no progress. */
export const plainLogLayer = Logger.layer([
  Logger.map(pretty, (line) => void process.stderr.write(`${line}\n`)),
])

export const logLayer = (format: "pretty" | "json") =>
  Logger.layer([
    Effect.map(Progress, (progress) =>
      Logger.map(format === "json" ? Logger.formatJson : pretty, (line) =>
        Effect.runSync(progress.say(line)),
      ),
    ),
  ]).pipe(Layer.provideMerge(Layer.empty))
