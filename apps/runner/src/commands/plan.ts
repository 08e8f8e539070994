/** The command `plan`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { bothFlags, rangeFlags, refreshFlag, sinceFlag } from "../flags.ts"

export const planCommand = Command.make(
  "plan",
  {
    from: rangeFlags.from.pipe(Flag.optional),
    to: rangeFlags.to.pipe(Flag.optional),
    ...refreshFlag,
    since: sinceFlag.since.pipe(Flag.optional),
    probe: Flag.Boolean("probe").pipe(
      Flag.withDescription(
        "Ask the API how many rows the days hold, one request a day, and estimate the requests",
      ),
      Flag.withDefault(false),
    ),
    ...bothFlags,
  },
  Effect.fnUntraced(function* (flags) {
    const { plan } = yield* Effect.promise(() => import("../plan.ts"))
    yield* plan(flags)
  }),
).pipe(
  Command.withDescription(
    `What would be read, and why: with --from by backfill, else by nightly. Takes their flags, asks the archive only, and writes nothing. With --probe it needs credentials, and asks the API for the days' totals.

Exit codes: 0, 2 usage or configuration, 3 credentials refused (with --probe), 1 anything else.`,
  ),
  Command.withShortDescription("What backfill or nightly would read, and why"),
  Command.withExamples([
    { command: "vodstation-etl plan", description: "What the next nightly run reads" },
    {
      command: "vodstation-etl plan --from 2021-09-01 --to 2021-10-01 --probe",
      description: "What a backfill of a month would read, with the API's totals",
    },
  ]),
)
