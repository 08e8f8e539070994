/** What the tests of full disks share: a world that is too large for its disk, and what is to be seen of an archive on it. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import { expect } from "vitest"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import type { SmallDisk } from "./SmallDisk.fixture.ts"
import { mountSmallDisk } from "./SmallDisk.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const days = 5
const world: Partial<SimulatorOptions> = {
  firstDay: "2026-08-01",
  days,
  rowsPerDay: 2_000,
  stuckShare: 0,
  seed: 3,
}

const backfill = ["backfill", "--from", "2026-08-01", "--to", "2026-08-06", "--json"]

export class ArchiveOnDisk {
  readonly disk: SmallDisk
  private readonly bench: Workbench
  private readonly view: ArchiveView

  constructor(bench: Workbench, view: ArchiveView, disk: SmallDisk) {
    this.bench = bench
    this.view = view
    this.disk = disk
  }

  start(command: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) {
    return startProgram([...command, ...this.view.flags], { ...this.view.env, ...env }, this.bench.home).ended
  }

  /** How it ends: its exit code, and what it reports, or says where it has nothing to report. */
  async backfill(env: Readonly<Record<string, string>> = {}) {
    const { code, stdout, stderr } = await this.start(backfill, env)
    if (stdout === "") return { code, stderr }
    const { outcome, problems } = JSON.parse(stdout)
    return { code, outcome, problems }
  }

  /** Whether the archive is whole, as it lies. */
  async isWhole(): Promise<boolean> {
    const { code, stdout } = await this.start(["check"])
    return code === 0 && /: (whole|empty)/.test(stdout)
  }

  lines() {
    return this.view.lines()
  }

  /** The lines of a run that nothing befell. */
  truth() {
    const { world } = this.bench.simulator
    return truthOf(world, world.dayStarts[0]!, world.dayStarts[days]!).lines
  }
}

/** The end of a run that could not go on, with one problem to report. */
export const failed = (message: RegExp) => ({
  code: 1,
  outcome: "failed",
  problems: [{ day: null, error: "ArchiveFailed", message: expect.stringMatching(message) }],
})

export const complete = { code: 0, outcome: "complete", problems: [] }

/** A disk of 4 kB for an archive of CSV files. */
export const csvOnDisk = async () => {
  const bench = await openWorkbench(world)
  const disk = mountSmallDisk(join(bench.home, "disk"), 4)
  return {
    archive: new ArchiveOnDisk(bench, csvView(bench, "disk/archive"), disk),
    close: async () => {
      disk.unmount()
      await bench.close()
    },
  }
}

/** A disk of 200 MB for a server of its own. */
export const postgresOnDisk = async () => {
  const parent = mkdtempSync(join(tmpdir(), "vodstation-disk-"))
  const disk = mountSmallDisk(join(parent, "disk"), 200_000)
  const useServer = useEmbeddedPostgres(join(disk.folder, "home"))
  const bench = await openWorkbench(
    world,
    Effect.map(useServer, ({ url }) => url),
  )
  const archive = new ArchiveOnDisk(bench, postgresView(bench, "archive"), disk)
  return {
    archive,
    startServer: () => Effect.runPromise(Effect.scoped(Effect.exit(useServer))),
    close: async () => {
      await bench.close()
      disk.unmount()
      rmSync(parent, { recursive: true })
    },
  }
}
