/** The command `audit`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { bothFlags, rangeFlags } from "../flags.ts"

export const auditCommand = Command.make(
  "audit",
  {
    from: rangeFlags.from,
    to: rangeFlags.to.pipe(Flag.withDefault("now")),
    repair: Flag.Boolean("repair").pipe(
      Flag.withDescription(
        "Read the days that differ again, or that check calls off, and compare every row of theirs",
      ),
      Flag.withDefault(false),
    ),
    ...bothFlags,
  },
  Effect.fnUntraced(function* (flags) {
    const { audit } = yield* Effect.promise(() => import("../audit.ts"))
    yield* audit(flags)
  }),
).pipe(
  Command.withDescription(
    `The archive against the API, day by day: how many rows the API lists, and how many the archive holds and has not marked missing, counted from the rows themselves. Two requests a day, one of them for the API's own statistics, which are a warning and no more. Days that have not ended or settled are shown, and nothing follows from them. Changes nothing, but with --repair.

Exit codes: 0 nothing is lacking (what the API has forgotten is no fault), 2 usage or configuration, 3 credentials refused, 4 the API has more than the archive, or did not answer for a day, 1 anything else. With --repair those of the run that reads the days again.`,
  ),
  Command.withShortDescription("The archive against the API, counted on both sides"),
  Command.withExamples([
    {
      command: "vodstation-etl audit --from 2021-09-01 --to 2021-10-01",
      description: "Whether the archive lacks anything of a month",
    },
    {
      command: "vodstation-etl audit --from -30d --repair --json",
      description: "Put the last 30 days right, with a report for a program",
    },
  ]),
)
