/** The command `export`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { archiveFlags, outputFlags, quietFlag, rangeFlags } from "../flags.ts"

export const exportCommand = Command.make(
  "export",
  {
    table: Argument.String("NAME").pipe(
      Argument.withDescription("A table or view of the archive, such as encoding"),
    ),
    format: Flag.Literals("format", ["csv"]).pipe(
      Flag.withDescription("What kind of file"),
      Flag.withDefault("csv"),
    ),
    out: Flag.String("out").pipe(
      Flag.withMetavar("F"),
      Flag.withDescription("The file, replaced in one step when all of it is written; - is standard output"),
    ),
    from: rangeFlags.from.pipe(
      Flag.withDescription("First work day: 2021-09-12, an instant, or -7d; without it, from the beginning"),
      Flag.withDefault(undefined),
    ),
    to: rangeFlags.to.pipe(
      Flag.withDescription("The day after the last one; without it, to the end"),
      Flag.withDefault(undefined),
    ),
    archive: archiveFlags.archive,
    archiveDir: Flag.String("archive-dir").pipe(
      Flag.withMetavar("DIR"),
      Flag.withDescription("Folder of the CSV archive (with --archive csv), since --out is the file"),
      Flag.withDefault(undefined),
    ),
    excel: Flag.Boolean("excel").pipe(
      Flag.withDescription(
        "For Excel: byte order mark, CRLF, no formulas, long numbers and leading zeros kept",
      ),
      Flag.withDefault(false),
    ),
    json: outputFlags.json,
    ...quietFlag,
  },
  Effect.fnUntraced(function* (flags) {
    const { exportTable } = yield* Effect.promise(() => import("../exportTable.ts"))
    yield* exportTable(flags)
  }),
).pipe(
  Command.withDescription(
    `Writes one table or view of the archive to one CSV file, for BI tools and spreadsheets: in the order of its key, so that the same archive gives the same bytes. Times are UTC, NULL is an empty field and the empty string is "". Asks the archive only, never the API.

Exit codes: 0, 2 usage or configuration (nothing was written), 1 anything else (what stood in the file before still does).`,
  ),
  Command.withShortDescription("Write a table or view to one CSV file"),
  Command.withExamples([
    {
      command: "vodstation-etl export encoding --from -30d --out encodings.csv",
      description: "The last thirty days",
    },
    {
      command: "vodstation-etl export encoding --excel --out encodings.csv",
      description: "All of it, to be opened in Excel",
    },
    {
      command: "vodstation-etl export extraction_day --archive csv --archive-dir ./archive --out - | head",
      description: "The ledger of a CSV archive, on standard output",
    },
  ]),
)
