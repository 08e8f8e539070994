/** A gateway on loopback and a scratch folder for CSV archives: for tests of the whole program that need no database. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Exit, Scope } from "effect"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView } from "./ArchiveView.fixture.ts"
import type { ProgramRun } from "./runProgram.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

interface Keys {
  readonly accessKey: string
  readonly secretKey: string
}

export interface CsvBench {
  readonly simulator: RunningSimulator
  readonly view: (name: string) => ArchiveView
  /** `backfill` of the whole world with `--json` into the archive of that name; `env` over a right environment. */
  readonly backfill: (
    name: string,
    flags?: ReadonlyArray<string>,
    env?: Readonly<Record<string, string>>,
  ) => Promise<ProgramRun>
  /** A home folder whose `~/.ncloud/configure` holds these keys; to be given as `HOME`. */
  readonly writeKeys: (home: string, keys: Keys) => string
  /** Lines of all rows that the world holds, as `ArchiveView.lines` gives them. */
  readonly truth: () => ReadonlyArray<string>
  readonly close: () => Promise<void>
}

/** @param options with `firstDay` and `days` */
export const openCsvBench = async (
  options: Partial<SimulatorOptions> & { readonly firstDay: string; readonly days: number },
): Promise<CsvBench> => {
  const scope = Scope.makeUnsafe()
  const home = mkdtempSync(join(tmpdir(), "vodstation-csv-"))
  const simulator = await Effect.runPromise(
    startSimulator(options).pipe(Effect.provideService(Scope.Scope, scope)),
  )
  const environment = () => ({
    VODSTATION_BASE_URL: simulator.baseUrl,
    NCLOUD_ACCESS_KEY_ID: simulator.accessKey,
    NCLOUD_SECRET_ACCESS_KEY: simulator.secretKey,
  })
  const view = (name: string) => csvView({ home, environment } as unknown as Workbench, name)
  const { dayStarts } = simulator.world
  const dayAfter = new Date(Date.parse(options.firstDay) + options.days * 86_400_000)
    .toISOString()
    .slice(0, 10)
  return {
    simulator,
    view,
    backfill: (name, flags = [], env = environment()) =>
      runProgram(
        [
          ...["backfill", "--from", options.firstDay, "--to", dayAfter, "--json"],
          ...view(name).flags,
          ...flags,
        ],
        { env: { VODSTATION_BASE_URL: simulator.baseUrl, ...env }, timeoutMs: 60_000 },
      ),
    writeKeys: (name, { accessKey, secretKey }) => {
      const folder = join(home, "homes", name, ".ncloud")
      mkdirSync(folder, { recursive: true })
      const file = join(folder, "configure")
      writeFileSync(
        `${file}.new`,
        `[DEFAULT]\nncloud_access_key_id = ${accessKey}\nncloud_secret_access_key = ${secretKey}\n`,
      )
      renameSync(`${file}.new`, file)
      return join(home, "homes", name)
    },
    truth: () => truthOf(simulator.world, dayStarts[0]!, dayStarts[options.days]!).lines,
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The days, of those given, that any of the requests asked about; a window that reaches over their ends, as that of a seam, asks about both and reads neither. */
export const daysAskedOf = (
  targets: ReadonlyArray<string>,
  days: ReadonlyArray<string>,
): ReadonlyArray<string> =>
  days.filter((day) => {
    const start = Date.parse(`${day}T00:00:00+09:00`)
    return targets.some((target) => {
      const query = new URLSearchParams(target.slice(target.indexOf("?")))
      const from = Number(query.get("workStartTimeFrom"))
      const to = Number(query.get("workStartTimeTo"))
      return from >= start && to < start + 86_400_000
    })
  })
