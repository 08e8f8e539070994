/** `db`: keeps the embedded Postgres up for psql and BI tools until it is stopped. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { demoHome } from "./demoHome.ts"
import { readSettings } from "./Settings.ts"

export const serveDatabase = Effect.fn("serveDatabase")(function* (flags: { readonly demo: boolean }) {
  const { home } = yield* readSettings()
  const server = yield* useEmbeddedPostgres(flags.demo ? demoHome(home) : home)
  // The one place that shows this password: to connect is what the command is for.
  yield* Console.log(Redacted.value(server.url))
  yield* Console.error(
    `Postgres ${server.startedHere ? "runs" : "was running, and runs on"} in ${server.dataFolder}. Connect with psql and the URL above; Ctrl-C ends this use of it.`,
  )
  return yield* Effect.never
}, Effect.scoped)
