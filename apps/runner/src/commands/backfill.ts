/** The command `backfill`, as `--help` shows it. Its body is loaded only when it runs, which keeps `--help` quick. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { bothFlags, excelFlag, rangeFlags, refreshFlag } from "../flags.ts"

export const backfillCommand = Command.make(
  "backfill",
  {
    from: rangeFlags.from,
    to: rangeFlags.to.pipe(Flag.withDefault("now")),
    ...refreshFlag,
    ...bothFlags,
    ...excelFlag,
  },
  Effect.fnUntraced(function* (flags) {
    const { backfill } = yield* Effect.promise(() => import("../backfill.ts"))
    yield* backfill(flags)
  }),
).pipe(
  Command.withDescription(
    `Reads and loads every work day in [from, to). Closed days are skipped, so that running it again goes on where it was.

Exit codes: 0 every day proven and loaded, 2 usage or configuration, 3 credentials refused, 4 incomplete (run it again), 1 anything else, 130 or 143 interrupted.`,
  ),
  Command.withShortDescription("Read and load every day of a range"),
  Command.withExamples([
    {
      command: "vodstation-etl backfill --from 2021-09-01 --to 2021-10-01",
      description: "A month into Postgres",
    },
    {
      command: "vodstation-etl backfill --from -7d --archive csv --out ./archive --json",
      description: "The last week into CSV files, with a report for a program",
    },
  ]),
)
