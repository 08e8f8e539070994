/**
 * A program that uses the embedded server of the home named by its argument: says what it got as one line of JSON, and
 * ends its use when its standard input ends.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

import { useEmbeddedPostgres } from "./EmbeddedPostgres.ts"

const inputEnded = Effect.callback<void>((resume) => {
  process.stdin.once("end", () => resume(Effect.void)).resume()
})

const program = Effect.gen(function* () {
  const server = yield* useEmbeddedPostgres(process.argv[2]!)
  yield* Effect.sync(() => console.log(JSON.stringify({ ...server, url: Redacted.value(server.url) })))
  yield* inputEnded
}).pipe(
  Effect.scoped,
  Effect.catch((error) =>
    Effect.sync(() => {
      console.log(JSON.stringify({ reason: error.reason, message: error.message }))
      process.exitCode = 1
    }),
  ),
)

await Effect.runPromise(program)
