/** The command `demo`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"
import { quietFlag } from "../flags.ts"

export const demoCommand = Command.make(
  "demo",
  { ...quietFlag },
  Effect.fnUntraced(function* (flags) {
    const { demo } = yield* Effect.promise(() => import("../demo.ts"))
    yield* demo(flags)
  }),
).pipe(
  Command.withDescription(
    `Shows the main job without credentials: a simulated gateway with a month of a video business, an embedded Postgres, a backfill into it and into CSV files, a few answers in SQL, and a report to look at.

It keeps to a folder and a server of its own, whatever DATABASE_URL says. Run it twice to see that the second time changes nothing. With --quiet it shows the answers only.

Exit codes: 0 all was loaded, 2 the server cannot be started here, 1 anything else, 130 interrupted.`,
  ),
  Command.withShortDescription("See all of it at work, without credentials"),
  Command.withExamples([
    { command: "vodstation-etl demo", description: "Fill the demo's archives" },
    {
      command: "vodstation-etl demo --quiet",
      description: "The answers only",
    },
  ]),
)
