/** The command `doctor`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import { archiveFlags, gatewayFlags, outputFlags, readingFlags } from "../flags.ts"

export const doctorCommand = Command.make(
  "doctor",
  {
    ...archiveFlags,
    ...gatewayFlags,
    pageSize: readingFlags.pageSize,
    rate: readingFlags.rate,
    json: outputFlags.json,
  },
  Effect.fnUntraced(function* (flags) {
    const { doctor } = yield* Effect.promise(() => import("../doctor.ts"))
    yield* doctor(flags)
  }),
).pipe(
  Command.withDescription(
    `Looks at everything that a run stands on: each setting and where it is from, the credentials, the gateway's clock, how it understands windows and how large its pages are, the database and what the role may do there or the folder of CSV files, and the disk. Says in one line what to do about what does not work, and goes on with the rest. Some 30 requests; writes nothing, neither to the archive nor elsewhere.

Exit codes: 0 all is well (there may be warnings), else what backfill would end with for the first check that failed: 2 settings, credentials that are missing, database or folder, 3 the gateway refuses the credentials, 4 the quota is spent, 1 anything else, such as a gateway that cannot be reached.`,
  ),
  Command.withShortDescription("What works, and what to do about what does not"),
  Command.withExamples([
    {
      command: "vodstation-etl doctor",
      description: "Before the first backfill, or when something is wrong",
    },
    {
      command: "vodstation-etl doctor --archive csv --out ./archive --json",
      description: "The same for an archive of CSV files, for a program",
    },
  ]),
)
