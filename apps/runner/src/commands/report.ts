/** The command `report`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { anyRangeFlags, archiveDirFlag, archiveFlags, outputFlags, quietFlag } from "../flags.ts"

export const reportCommand = Command.make(
  "report",
  {
    out: Flag.String("out").pipe(
      Flag.withMetavar("F"),
      Flag.withDescription("The page, replaced in one step when all of it is written; - is standard output"),
    ),
    ...anyRangeFlags,
    lang: Flag.Literals("lang", ["en", "ko"]).pipe(
      Flag.withDescription("The page's language: English or Korean"),
      Flag.withDefault("en"),
    ),
    archive: archiveFlags.archive,
    archiveDir: archiveDirFlag("page"),
    json: outputFlags.json,
    ...quietFlag,
  },
  Effect.fnUntraced(function* (flags) {
    const { report } = yield* Effect.promise(() => import("../report.ts"))
    yield* report(flags)
  }),
).pipe(
  Command.withDescription(
    `Writes one page of charts and tables: coverage, outcome over time, turnaround and sizes by format, failures and the files that fail most, what is stuck or was not understood, storage, and how the archive itself is doing. The page needs no network and no server: open it from disk, send it, print it. It holds sums and no list of your encodings but those that failed or are stuck. Asks the archive only, never the API.

Exit codes: 0, 2 usage or configuration (nothing was written), 1 anything else (what stood in the file before still does).`,
  ),
  Command.withShortDescription("One page of charts, to open from disk"),
  Command.withExamples([
    {
      command: "vodstation-etl report --from -365d --out report.html",
      description: "The last year",
    },
    {
      command: "vodstation-etl report --archive csv --archive-dir ./archive --lang ko --out 보고서.html",
      description: "All of a CSV archive, in Korean",
    },
  ]),
)
