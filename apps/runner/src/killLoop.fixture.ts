/**
 * Kills the program outright, over and over, while it loads days into one archive: at moments that chance chooses, in every
 * phase of a run. After every kill the archive is held against itself as it lies, before any program has put it in order; in
 * the end one more run completes it, and it is held against the world.
 */
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { addDays, dateOf } from "@vodstation-etl/core/WorkDay"
import { seededRandom } from "@vodstation-etl/simulator/seededHash"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { seoul } from "./DayRun.fixture.ts"
import type { PhaseWatch } from "./RunPhase.fixture.ts"
import { watchCsv, watchPostgres } from "./RunPhase.fixture.ts"
import type { Chance } from "./SoakChaos.fixture.ts"
import { pick } from "./SoakChaos.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

/** Days of a run: some are loaded already and have changed, the last one is new. */
const window = 3
const changedRows = 60

/** @param longDay rows of every third day */
const killWorld = (seed: number, days: number, longDay: number): Partial<SimulatorOptions> => ({
  seed,
  firstDay: "2026-01-01",
  days,
  rowsPerDay: (day) => (day % window === window - 1 ? longDay : 1_000),
  stuckShare: 0,
})

export interface KilledArchive {
  readonly seed: number
  /** Kills that found the program at work, by what it was at. */
  readonly landed: ReadonlyMap<string, number>
  /** Runs that had ended before their kill came. */
  readonly missed: number
  /** What was not as it should be, after a kill or in the end. */
  readonly wrong: ReadonlyArray<string>
  /** What must not be left in the end. */
  readonly remains: ReadonlyArray<string>
}

/** @param kills also the most days that there can be */
export const killPostgres = async (seed: number, kills: number): Promise<KilledArchive> => {
  const bench = await openWorkbench(killWorld(seed, kills + 1, 1_000))
  return killAgainAndAgain(
    bench,
    postgresView(bench, "killed"),
    await watchPostgres(bench.databaseUrl),
    kills,
  )
}

/** Every third day is so long that its rows are not kept in memory. */
export const killCsv = async (seed: number, kills: number): Promise<KilledArchive> => {
  const bench = await openWorkbench(killWorld(seed, kills + 1, 10_300))
  return killAgainAndAgain(bench, csvView(bench, "killed"), watchCsv(join(bench.home, "killed")), kills)
}

const killAgainAndAgain = async (bench: Workbench, view: ArchiveView, watch: PhaseWatch, kills: number) => {
  try {
    const loop = new KillLoop(bench, view, watch)
    const wrong = [...(await loop.kill(kills)), ...(await loop.complete())]
    return { seed: bench.simulator.world.seed, ...loop.kills, wrong, remains: await view.remains() }
  } finally {
    await watch.close()
    await bench.close()
  }
}

class KillLoop {
  private readonly bench: Workbench
  private readonly view: ArchiveView
  private readonly watch: PhaseWatch
  private readonly chance: Chance
  private readonly landed = new Map<string, number>()
  private missed = 0

  constructor(bench: Workbench, view: ArchiveView, watch: PhaseWatch) {
    this.bench = bench
    this.view = view
    this.watch = watch
    this.chance = seededRandom(bench.simulator.world.seed)
  }

  /** Where nothing is wrong, an empty list of what is. */
  async kill(times: number): Promise<ReadonlyArray<string>> {
    const moments = ["reading", ...this.watch.phases]
    const targets = Array.from({ length: times }, (_, index) => moments[index % moments.length]!)
    for (let kill = 1; targets.length > 0; kill++) {
      const [target] = targets.splice(Math.floor(this.chance() * targets.length), 1)
      const phases = await this.killOnce(target!)
      const wrong = await this.check()
      if (wrong !== undefined) {
        return [`kill ${kill} (meant for ${target}, seen in ${phases}): ${wrong}`]
      }
    }
    return []
  }

  get kills(): Pick<KilledArchive, "landed" | "missed"> {
    return { landed: this.landed, missed: this.missed }
  }

  /** A run of all days that were ever tried, which nobody disturbs; and what then differs from the world. */
  async complete(): Promise<ReadonlyArray<string>> {
    const days = Object.keys(await this.view.days()).length
    const { code, stdout, stderr } = await this.start(0, Math.max(days, 1)).ended
    const differences = code === 0 ? [] : [`the last run ends with ${code}: ${stdout}${stderr}`]
    const { world } = this.bench.simulator
    const truth = truthOf(world, this.dayStart(0), this.dayStart(Math.max(days, 1))).lines
    const found = await this.view.lines()
    const lacking = truth.filter((line, index) => line !== found[index])
    if (found.length !== truth.length || lacking.length > 0) {
      differences.push(
        `${found.length} rows instead of ${truth.length}, ${lacking.length} differ: ${lacking.slice(0, 3).join("\n")}`,
      )
    }
    const wrong = await this.check()
    return wrong === undefined ? differences : [...differences, wrong]
  }

  /** Gives what the program was at. */
  private async killOnce(target: string): Promise<string> {
    const days = Object.keys(await this.view.days().catch(() => ({}))).length
    const from = Math.max(0, days + 1 - window)
    this.changeWorld(from, days)
    const requestsBefore = this.bench.simulator.stats().requests
    const requestsToRead = 1 + Math.floor(this.chance() * 12)
    const later = this.chance() * 6
    const run = this.start(from, days + 1)
    const over = run.ended.then(() => true)
    const requests = () => this.bench.simulator.stats().requests - requestsBefore
    // What another kill has left of a phase is not taken for this run's own.
    const isAt = async (phase: string) =>
      phase === "reading"
        ? requests() >= requestsToRead
        : requests() > 0 && (await this.watch.now()).includes(phase)
    while (!(await isAt(target)) && !(await Promise.race([over, delay(1, false)])));
    if (target === "reading") await delay(later * 10)
    else if (later > 3) await delay(later - 3)
    const phases = [...new Set(await this.watch.now())].toSorted().join(" and ") || "reading"
    run.kill("SIGKILL")
    const { code } = await run.ended
    if (code === null) this.landed.set(phases, (this.landed.get(phases) ?? 0) + 1)
    else this.missed++
    return code === null ? phases : `its end, exit ${code}`
  }

  /** Has some rows of each day look another way, so that a day that was loaded is merged again. */
  private changeWorld(from: number, days: number): void {
    const { rows } = this.bench.simulator.world
    for (let day = from; day < days; day++) {
      const all = rows.within(this.dayStart(day), this.dayStart(day + 1))
      for (let changed = 0; changed < changedRows; changed++) {
        const row = pick(this.chance, all)
        rows.change(row, { outputTotalSize: BigInt(Math.floor(this.chance() * 1e9)) })
      }
    }
  }

  private start(from: number, before: number) {
    const range = ["--from", this.date(from), "--to", this.date(before)]
    return startProgram(
      ["backfill", ...range, "--refresh", "--json", "--page-size", "600", ...this.view.flags],
      this.view.env,
      this.bench.home,
    )
  }

  private async check(): Promise<string | undefined> {
    const { code, stdout, stderr } = await startProgram(
      ["check", ...this.view.flags],
      this.view.env,
      this.bench.home,
    ).ended
    return code === 0 ? undefined : `the check ends with ${code}: ${stdout}${stderr}`
  }

  private dayStart(day: number): number {
    return this.bench.simulator.world.dayStarts[day]!
  }

  private date(day: number): string {
    return addDays(dateOf(this.dayStart(0), seoul), day)
  }
}
