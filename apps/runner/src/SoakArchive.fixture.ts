/** One archive of a soak: filled night after night, and in the end held against the world row by row. */
import { addDays, dateOf } from "@vodstation-etl/core/WorkDay"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { atTime } from "./atTime.fixture.ts"
import { seoul } from "./DayRun.fixture.ts"
import type { Chance, KillMoment, RequestWatch } from "./SoakChaos.fixture.ts"
import { anyRun } from "./SoakChaos.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

export type NightsEnd = "complete" | "incomplete" | "killed"

const terminal: ReadonlyArray<string | null> = ["COMPLETE", "FAILURE", "CANCELED"]
const startOf = (date: string) => Date.parse(`${date}T00:00:00+09:00`)

export class SoakArchive {
  readonly name: string
  readonly view: ArchiveView
  /** The first day that it is to hold, once there is something in its ledger. */
  firstDay: string | undefined
  readonly ends: Record<NightsEnd, number> = { complete: 0, incomplete: 0, killed: 0 }
  /** What was wrong on the way. */
  readonly faults: Array<string> = []
  private readonly home: string
  private readonly simulator: RunningSimulator
  private readonly watch: RequestWatch

  constructor(
    name: string,
    view: ArchiveView,
    home: string,
    simulator: RunningSimulator,
    watch: RequestWatch,
  ) {
    this.name = name
    this.view = view
    this.home = home
    this.simulator = simulator
    this.watch = watch
  }

  /** A night's run at the world's time, with what chance has in store for it. */
  async anyNight(chance: Chance): Promise<NightsEnd> {
    const { flags, killAt, skew } = anyRun(chance)
    return this.night(flags, skew, killAt)
  }

  async night(flags: ReadonlyArray<string>, skew = 0, killAt?: KillMoment): Promise<NightsEnd> {
    const now = this.simulator.world.now()
    const run = this.start(["nightly", "--since", "-3d", "--json", ...flags], skew)
    const stopKilling = this.killAt(killAt, () => run.kill("SIGKILL"))
    const { code, stderr } = await run.ended
    stopKilling()
    const end = code === 0 ? "complete" : code === 4 ? "incomplete" : "killed"
    this.ends[end]++
    const isKilled = code === null && killAt !== undefined
    if ((end === "killed" && !isKilled) || /unexpected error/.test(stderr)) {
      this.faults.push(`${dateOf(now, seoul)}: exit ${code}: ${stderr.slice(-500)}`)
    }
    if (isKilled) this.faults.push(...(await this.check(`${dateOf(now, seoul)}, killed`)))
    if (this.firstDay === undefined && Object.keys(await this.view.days()).length > 0) {
      this.firstDay = addDays(dateOf(now, seoul), -3)
    }
    return end
  }

  /** Rows of the day that the ledger tells of. */
  async rowsOf(date: string): Promise<number | undefined> {
    return (await this.view.ledger())[date]
  }

  async isClosed(date: string): Promise<boolean> {
    const day = (await this.view.days())[date]
    return day?.state === "closed" && day.error === null
  }

  /** What differs between the archive and the world; nothing, it is hoped. */
  async compare(forgotten: number): Promise<ReadonlyArray<string>> {
    const { world } = this.simulator
    const now = world.now()
    const today = dateOf(now, seoul)
    const first = this.firstDay!
    const days = await this.view.days()
    const differences = [...this.faults]

    const truth = truthOf(world, startOf(first), now - 300_000).lines
    const [all, present] = [await this.view.lines(), await this.view.presentLines()]
    differences.push(...differenceOf(truth, present).map((line) => `row ${line}`))
    if (all.length - present.length !== forgotten) {
      differences.push(`${all.length - present.length} rows are marked missing, ${forgotten} were taken away`)
    }
    for (let date = first; date < today; date = addDays(date, 1)) {
      const rows = world.truth(startOf(date), startOf(addDays(date, 1))).map((row) => row.asServed)
      const isOver = rows.every((row) => row.rejected || terminal.includes(row.status))
      const expected = isOver ? "closed" : "open"
      const { state, error } = days[date] ?? { state: "unknown", error: null }
      if (state !== expected || error !== null) {
        differences.push(`${date} is ${state}, not ${expected}${error === null ? "" : `: ${error}`}`)
      }
    }
    const audit = await this.start(["audit", "--from", first, "--json"], 0).ended
    const { verdicts } = JSON.parse(audit.stdout)
    if (audit.code !== 0 || verdicts.forgotten !== 0) {
      differences.push(`the audit ends with ${audit.code}: ${JSON.stringify(verdicts)}`)
    }
    return [...differences, ...(await this.check("in the end"))]
  }

  /** What `check` calls off in the archive as it lies, before anybody has put anything in order. */
  private async check(when: string): Promise<ReadonlyArray<string>> {
    const { code, stdout, stderr } = await this.start(["check"], 0).ended
    return code === 0 ? [] : [`${when}: the check ends with ${code}: ${stdout}${stderr}`]
  }

  /** Kills at the moment, if there is one; the result takes it back. */
  private killAt(moment: KillMoment | undefined, kill: () => void): () => void {
    if (moment === undefined) return () => undefined
    let timer: NodeJS.Timeout | undefined
    const stopWatching = this.watch.after(moment.afterRequests, () => {
      timer = setTimeout(kill, moment.afterMs)
    })
    return () => {
      stopWatching()
      clearTimeout(timer)
    }
  }

  private start(args: ReadonlyArray<string>, skew: number) {
    const env = { ...this.view.env, ...atTime(this.simulator.world.now() + skew) }
    return startProgram([...args, ...this.view.flags], env, this.home)
  }
}

/** Lines that are in one and not in the other, a few of them, counting equal ones. */
const differenceOf = (truth: ReadonlyArray<string>, found: ReadonlyArray<string>): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  for (const line of truth) counts.set(line, (counts.get(line) ?? 0) + 1)
  for (const line of found) counts.set(line, (counts.get(line) ?? 0) - 1)
  return [...counts]
    .filter(([, count]) => count !== 0)
    .slice(0, 10)
    .map(([line, count]) => `${count > 0 ? "lacking" : "too many"}: ${line}`)
}
