/** A password from standard input: its first line, or in a terminal what is typed there and not shown. */
import { createInterface } from "node:readline"
import { Writable } from "node:stream"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

/** @param question asked on standard error, where there is somebody to answer it; gives the empty string where nothing came */
export const readPassword = (question: string): Effect.Effect<Redacted.Redacted> =>
  Effect.callback<Redacted.Redacted>((resume) => {
    const isTerminal = process.stdin.isTTY
    // In a terminal the line editor switches the system's echo off, and its own goes nowhere.
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal })
    const end = (line: string) => {
      lines.removeAllListeners("close").close()
      if (isTerminal) process.stderr.write("\n")
      resume(Effect.succeed(Redacted.make(line)))
    }
    lines.once("line", end)
    lines.once("close", () => end(""))
    // The line editor also keeps Ctrl-C from being a signal.
    lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"))
    // Only now is what is typed not shown.
    if (isTerminal) process.stderr.write(question)
    return Effect.sync(() => lines.removeAllListeners("close").close())
  })
