/** The command `nightly`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { bothFlags, excelFlag, sinceFlag } from "../flags.ts"

export const nightlyCommand = Command.make(
  "nightly",
  {
    since: sinceFlag.since.pipe(Flag.withDefault("-7d")),
    ...bothFlags,
    ...excelFlag,
  },
  Effect.fnUntraced(function* (flags) {
    const { nightly } = yield* Effect.promise(() => import("../nightly.ts"))
    yield* nightly(flags)
  }),
).pipe(
  Command.withDescription(
    `Reads and loads every day that is not closed yet: those of the last 30 days, those since the newest closed one, and, once a week, those that have been open or failing for longer. Asks whether the closed days of the last 30 still have their totals, and reads again those that have not. The first time it begins with --since.

Run it every night, from cron or a systemd timer. It goes on where it was, whatever stopped the night before.

Exit codes: 0 every day proven and loaded, 2 usage or configuration, 3 credentials refused, 4 incomplete (the next night goes on), 1 anything else, 130 or 143 interrupted.`,
  ),
  Command.withShortDescription("Read what is new, open or changed: for every night"),
  Command.withExamples([
    {
      command: "vodstation-etl nightly --json",
      description: "Into Postgres, with a report for a program",
    },
    {
      command: "vodstation-etl nightly --since -90d --archive csv --out ./archive",
      description: "Into CSV files, which the first night fills with the last 90 days",
    },
  ]),
)
