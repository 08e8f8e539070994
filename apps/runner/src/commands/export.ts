/** The command `export`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { anyRangeFlags, archiveDirFlag, archiveFlags, outputFlags, quietFlag } from "../flags.ts"

export const exportCommand = Command.make(
  "export",
  {
    table: Argument.String("NAME").pipe(
      Argument.withDescription("A table or view of the archive, such as encoding"),
      Argument.withDefault(undefined),
    ),
    sql: Flag.String("sql").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription(
        "Instead of NAME: a file that holds one SELECT over the tables and views of the archive; - is standard input",
      ),
      Flag.withDefault(undefined),
    ),
    timeout: Flag.String("timeout").pipe(
      Flag.withMetavar("TIME"),
      Flag.withDescription("How long that SELECT may take: 30s, 10m (the default) or 2h"),
      Flag.withDefault(undefined),
    ),
    format: Flag.Literals("format", ["csv", "ndjson", "parquet"]).pipe(
      Flag.withDescription("What kind of file; ndjson is one JSON object a line"),
      Flag.withDefault("csv"),
    ),
    partition: Flag.Literals("partition", ["month"]).pipe(
      Flag.withDescription("Parquet as a folder of files, month=2021-09/… by work_date; --out is the folder"),
      Flag.withDefault(undefined),
    ),
    out: Flag.String("out").pipe(
      Flag.withMetavar("F"),
      Flag.withDescription("The file, replaced in one step when all of it is written; - is standard output"),
    ),
    ...anyRangeFlags,
    archive: archiveFlags.archive,
    archiveDir: archiveDirFlag("file"),
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
    `Writes one table or view of the archive, or the answer to a SELECT of yours, to one file, for BI tools, notebooks and spreadsheets. Tables and views come in the order of their key, so that the same archive gives the same bytes. Times are UTC; in CSV NULL is an empty field and the empty string is "". Asks the archive only, never the API.

A SELECT of yours can read the archive and nothing else, and cannot write. It is in the dialect of Postgres, or of DuckDB for a CSV archive (--archive csv).

Exit codes: 0, 2 usage or configuration (nothing was written), 1 anything else (what stood in the file before still does).`,
  ),
  Command.withShortDescription("Write a table, a view or a SELECT to one file"),
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
      command: "vodstation-etl export encoding --format parquet --partition month --out encodings",
      description: "A folder of Parquet files, for DuckDB, pandas or Spark",
    },
    {
      command:
        "echo 'SELECT * FROM failed_encoding' | vodstation-etl export --sql - --format ndjson --out failures.ndjson",
      description: "The answer to a SELECT, here from standard input",
    },
    {
      command: "vodstation-etl export extraction_day --archive csv --archive-dir ./archive --out - | head",
      description: "The ledger of a CSV archive, on standard output",
    },
  ]),
)
