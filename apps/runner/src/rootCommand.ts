/** `vodstation-etl` with all its commands, as `--help` shows it. */
import * as Command from "effect/cli/Command"
import { auditCommand } from "./commands/audit.ts"
import { backfillCommand } from "./commands/backfill.ts"
import { checkCommand } from "./commands/check.ts"
import { dbCommand } from "./commands/db.ts"
import { demoCommand } from "./commands/demo.ts"
import { doctorCommand } from "./commands/doctor.ts"
import { exportCommand } from "./commands/export.ts"
import { nightlyCommand } from "./commands/nightly.ts"
import { planCommand } from "./commands/plan.ts"
import { reportCommand } from "./commands/report.ts"
import { serveCommand } from "./commands/serve.ts"
import { statusCommand } from "./commands/status.ts"
import { settingsLayer } from "./settingsLayer.ts"
import { verboseFlag } from "./verboseFlag.ts"

export const rootCommand = Command.make("vodstation-etl").pipe(
  Command.withDescription(
    `Turns the encoding list of NAVER Cloud VOD Station into an archive of your own: complete with a proof, in Postgres or CSV.

Exit codes: 0 all is well, 2 usage or configuration, 3 credentials refused, 4 incomplete (run it again), 1 anything else, 130 or 143 interrupted. Every error ends with its name; docs/errors.md tells of each what causes it and what helps.`,
  ),
  Command.withSubcommands([
    backfillCommand,
    nightlyCommand,
    planCommand,
    statusCommand,
    auditCommand,
    exportCommand,
    reportCommand,
    serveCommand,
    checkCommand,
    doctorCommand,
    dbCommand,
    demoCommand,
  ]),
  Command.withExamples([
    { command: "vodstation-etl demo", description: "See all of it at work, without credentials" },
    { command: "vodstation-etl backfill --from -30d", description: "The last thirty days into Postgres" },
  ]),
  Command.provide(settingsLayer),
  Command.withGlobalFlags([verboseFlag]),
)
