/** The command `status`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { archiveFlags, outputFlags } from "../flags.ts"

export const statusCommand = Command.make(
  "status",
  {
    ...archiveFlags,
    all: Flag.Boolean("all").pipe(
      Flag.withDescription("Draw all months of the calendar, and not only the last 24"),
      Flag.withDefault(false),
    ),
    json: outputFlags.json,
  },
  Effect.fnUntraced(function* (flags) {
    const { status } = yield* Effect.promise(() => import("../status.ts"))
    yield* status(flags)
  }),
).pipe(
  Command.withDescription(
    `What the archive holds: its days as a calendar, a month a line and a sign a day, gaps, what failed, what is stuck, what could not be understood, the last runs, and the size on disk. Asks the archive only, never the API. Colours at a terminal only, and not with NO_COLOR set.

Exit codes: 0, 2 the archive cannot be used, 1 anything else.`,
  ),
  Command.withShortDescription("What the archive holds, and what is missing"),
  Command.withExamples([
    { command: "vodstation-etl status", description: "The Postgres archive, with the last 24 months" },
    {
      command: "vodstation-etl status --archive csv --out ./archive --json",
      description: "The same of a CSV archive, for a program",
    },
  ]),
)
