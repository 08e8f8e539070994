/** The command `status`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import { archiveFlags, outputFlags } from "../flags.ts"

export const statusCommand = Command.make(
  "status",
  { ...archiveFlags, json: outputFlags.json },
  Effect.fnUntraced(function* (flags) {
    const { status } = yield* Effect.promise(() => import("../status.ts"))
    yield* status(flags)
  }),
).pipe(
  Command.withDescription(
    `What the archive holds: closed, open, failed and missing days, gaps, stuck encodings and the last runs. Asks the archive only, never the API.

Exit codes: 0, or 2 where the archive cannot be used.`,
  ),
  Command.withShortDescription("What the archive holds, and what is missing"),
  Command.withExamples([
    { command: "vodstation-etl status", description: "Coverage of the Postgres archive" },
    {
      command: "vodstation-etl status --archive csv --out ./archive --json",
      description: "The same of a CSV archive, for a program",
    },
  ]),
)
