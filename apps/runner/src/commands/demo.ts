/** The command `demo`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"

export const demoCommand = Command.make(
  "demo",
  {},
  Effect.fnUntraced(function* () {
    const { demo } = yield* Effect.promise(() => import("../demo.ts"))
    yield* demo()
  }),
).pipe(
  Command.withDescription(
    `Shows the main job without credentials: a simulated gateway with a month of a video business, an embedded Postgres, a backfill into it and into CSV files, a few answers in SQL, and a report to look at.

It keeps to a folder and a server of its own, whatever DATABASE_URL says. Run it twice to see that the second time changes nothing.`,
  ),
  Command.withShortDescription("See all of it at work, without credentials"),
  Command.withExamples([
    { command: "vodstation-etl demo", description: "Fill the demo's archives" },
    {
      command: "VODSTATION_HOME=/tmp/vod vodstation-etl demo",
      description: "The same in a folder that you choose",
    },
  ]),
)
