/** The command `check`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import { archiveFlags, outputFlags } from "../flags.ts"

export const checkCommand = Command.make(
  "check",
  { ...archiveFlags, json: outputFlags.json },
  Effect.fnUntraced(function* (flags) {
    const { check } = yield* Effect.promise(() => import("../check.ts"))
    yield* check(flags)
  }),
).pipe(
  Command.withDescription(
    `The archive against itself: whether ledger and rows tell the same numbers, whether every day that holds something was loaded, whether the states of each row join without an overlap and none changed without history, whether percents, sizes and times can be, and, where a day was read once, whether its rows are still those that were read. Reads every row, asks the archive only, never the API, and changes nothing.

Exit codes: 0 all is well, 2 the archive cannot be used, 4 something is off, 1 anything else.`,
  ),
  Command.withShortDescription("The archive against itself: whether anything is off"),
  Command.withExamples([
    { command: "vodstation-etl check", description: "Whether the Postgres archive is whole" },
    {
      command: "vodstation-etl check --archive csv --out ./archive --json",
      description: "The same of a CSV archive, for a program",
    },
  ]),
)
