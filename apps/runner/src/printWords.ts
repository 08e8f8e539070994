/** Prints what people read on standard output: wrapped at a terminal, and as it is, a line a matter, for anything else. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { wrapLines } from "./wrapLines.ts"

export const printWords = (text: string): Effect.Effect<void> =>
  Effect.suspend(() => Console.log(wordsFor(process.stdout, text)))

interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** The width of a terminal; undefined where the stream is a file or a pipe. */
export const columnsOf = (stream: Stream): number | undefined =>
  stream.isTTY === true && stream.columns ? stream.columns : undefined

export const wordsFor = (stream: Stream, text: string): string => {
  const columns = columnsOf(stream)
  return columns === undefined ? text : wrapLines(text, columns)
}
