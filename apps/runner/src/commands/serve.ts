/** The command `serve`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { anyRangeFlags, archiveDirFlag, archiveFlags, outputFlags } from "../flags.ts"

export const serveCommand = Command.make(
  "serve",
  {
    port: Flag.Int("port").pipe(
      Flag.withDescription("Where it listens; 0 chooses a port that is free"),
      Flag.withDefault(8420),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65_535 }))),
    ),
    host: Flag.String("host").pipe(
      Flag.withMetavar("ADDRESS"),
      Flag.withDescription(
        "The address it listens on; the default is for this machine alone, and who can reach another one can read the archive",
      ),
      Flag.withDefault("127.0.0.1"),
    ),
    allowHost: Flag.String("allow-host").pipe(
      Flag.withMetavar("NAME"),
      Flag.withDescription(
        "A further name by which browsers may call it, as behind a proxy; may be given several times",
      ),
      Flag.atLeast(0),
    ),
    ...anyRangeFlags,
    lang: Flag.Literals("lang", ["en", "ko"]).pipe(
      Flag.withDescription("The pages' language: English or Korean; ?lang=ko on a page chooses for itself"),
      Flag.withDefault("en"),
    ),
    timeout: Flag.String("timeout").pipe(
      Flag.withMetavar("TIME"),
      Flag.withDescription("How long a question to the archive may take: 30s, 10m or 2h"),
      Flag.withDefault("30s"),
    ),
    archive: archiveFlags.archive,
    archiveDir: archiveDirFlag(),
    logFormat: outputFlags.logFormat,
  },
  Effect.fnUntraced(function* (flags) {
    const { serve } = yield* Effect.promise(() => import("../serve.ts"))
    return yield* serve(flags)
  }),
).pipe(
  Command.withDescription(
    `Serves the page of report live, with a page of each day and its rows, of each encoding with every state that the archive knows of it, and CSV of what is seen. Prints its URL on standard output, and stays until it is stopped (Ctrl-C).

It listens for this machine alone, and only reads: nothing can be changed through it. It answers by its own address and names that --allow-host gives, and to no page of another site. Asks the archive only, never the API.

Exit codes: 2 usage or configuration, or a port that is taken, 130 ended by Ctrl-C, 143 ended by SIGTERM, 1 anything else.`,
  ),
  Command.withShortDescription("The report live, with days and encodings to look into"),
  Command.withExamples([
    { command: "vodstation-etl serve", description: "All of the archive, at http://127.0.0.1:8420/" },
    {
      command: "vodstation-etl serve --archive csv --archive-dir ./archive --from -365d --lang ko --port 0",
      description: "The last year of a CSV archive, in Korean, on any free port",
    },
  ]),
)
