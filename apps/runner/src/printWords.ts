/** Prints what people read on standard output: wrapped at a terminal, and as it is, a line a matter, for anything else. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { wrapLines } from "./wrapLines.ts"

export const printWords = (text: string): Effect.Effect<void> =>
  Effect.suspend(() => Console.log(wordsFor(process.stdout, text)))

/** @param stream whose `columns` are those of a terminal; there are none where it is a file or a pipe */
export const wordsFor = (
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  text: string,
): string => (stream.isTTY === true && stream.columns ? wrapLines(text, stream.columns) : text)
