/** The command `db grant-readonly`, as `--help` shows it. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { demoFlag, outputFlags } from "../flags.ts"

export const grantReadonlyCommand = Command.make(
  "grant-readonly",
  {
    role: Argument.String("NAME").pipe(Argument.withDescription("The role, such as bi")),
    passwordStdin: Flag.Boolean("password-stdin").pipe(
      Flag.withDescription(
        "Take the password from the first line of standard input, or ask for it in a terminal, instead of making one",
      ),
      Flag.withDefault(false),
    ),
    newPassword: Flag.Boolean("new-password").pipe(
      Flag.withDescription("Make a new password for a role that exists, whose own would stay otherwise"),
      Flag.withDefault(false),
    ),
    timeout: Flag.Int("timeout").pipe(
      Flag.withMetavar("SECONDS"),
      Flag.withDescription("What one statement of the role may take, 1 to 86400"),
      Flag.withDefault(300),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 86_400 }))),
    ),
    ...demoFlag,
    json: outputFlags.json,
  },
  Effect.fnUntraced(function* (flags) {
    const { grantReadonly } = yield* Effect.promise(() => import("../grantReadonly.ts"))
    yield* grantReadonly(flags)
  }),
).pipe(
  Command.withDescription(
    `Makes a role that can read the archive and do nothing else, for BI tools, and prints what such a tool asks for, with the password: this once, on standard output. It is on the server that loads go to (DATABASE_URL, PG*, or the embedded one).

Run again, it renews what the role may read, and leaves its password. It reads what later versions add as well. docs/bi.md tells what to do in the tools.

Exit codes: 0, 2 usage or configuration, such as a database in which our role may not make roles (nothing was changed), 1 anything else.`,
  ),
  Command.withShortDescription("Make a role that can only read, for BI tools"),
  Command.withExamples([
    {
      command: "vodstation-etl db grant-readonly bi",
      description: "A role with a password that is made here",
    },
    {
      command: "vodstation-etl db grant-readonly bi --password-stdin < password.txt",
      description: "With a password of your own",
    },
  ]),
)
