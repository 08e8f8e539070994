/** The command `db`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import { demoFlag } from "../flags.ts"
import { grantReadonlyCommand } from "./grantReadonly.ts"

export const dbCommand = Command.make(
  "db",
  demoFlag,
  Effect.fnUntraced(function* (flags) {
    const { serveDatabase } = yield* Effect.promise(() => import("../serveDatabase.ts"))
    return yield* serveDatabase(flags)
  }),
).pipe(
  Command.withDescription(
    `Starts the embedded Postgres, prints its URL for psql and BI tools on standard output, and stays until it is stopped (Ctrl-C).

The URL holds the password of this server, which listens on this machine only, and may change everything in it; give BI tools the role that grant-readonly makes.

Exit codes: 2 the server cannot be started, 130 ended by Ctrl-C, 143 ended by SIGTERM, 1 anything else.`,
  ),
  Command.withShortDescription("Start the embedded Postgres and print its URL"),
  Command.withExamples([
    { command: "vodstation-etl db", description: "Keep the server up while a BI tool uses it" },
    { command: "vodstation-etl db --demo", description: "Look into what the demo loaded" },
  ]),
  Command.withSubcommands([grantReadonlyCommand]),
)
