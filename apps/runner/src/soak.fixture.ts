/**
 * `pnpm soak --minutes N`: nights over simulated months, against a gateway that misbehaves, with a program that is killed at
 * random moments, into both archives at once. In the end each is held against the world, row by row. `--seed` has the same
 * things befall the same nights; only the moments of the kills are those of the machine.
 */
import { parseArgs } from "node:util"
import { addDays, dateOf } from "@vodstation-etl/core/WorkDay"
import { seededRandom } from "@vodstation-etl/simulator/seededHash"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { seoul } from "./DayRun.fixture.ts"
import { SoakArchive } from "./SoakArchive.fixture.ts"
import type { Chance } from "./SoakChaos.fixture.ts"
import {
  anyBehaviour,
  calm,
  nextNight,
  pick,
  RequestWatch,
  soakWorld,
  startOfSoak,
} from "./SoakChaos.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const startOf = (date: string) => Date.parse(`${date}T00:00:00+09:00`)
const terminal = ["COMPLETE", "FAILURE", "CANCELED"]

/** A change of a closed day that the archives have not taken in yet. One at a time: two might cancel out in a sum. */
interface PendingChange {
  readonly date: string
  readonly rows: number
}

const rowsIn = (bench: Workbench, date: string) =>
  truthOf(bench.simulator.world, startOf(date), startOf(addDays(date, 1))).lines.length

/** Adds a row to a day that all have closed, or takes one away, as the API may and must not; undefined where it leaves all as it is. */
const changeClosedDay = async (bench: Workbench, archives: ReadonlyArray<SoakArchive>, chance: Chance) => {
  const { world } = bench.simulator
  const date = addDays(dateOf(world.now(), seoul), -2 - Math.floor(chance() * 12))
  const closed = await Promise.all(archives.map((archive) => archive.isClosed(date)))
  if (chance() < 0.5 || closed.includes(false)) return undefined
  const [from, before] = [startOf(date), startOf(addDays(date, 1))]
  const states = world.truth(from, before)
  const all = world.rows.within(from, before)
  const leaving = all.filter((_, index) => {
    const { rejected, status } = states[index]!.asServed
    return !rejected && status !== null && terminal.includes(status)
  })
  const takesAway = chance() < 0.4 && leaving.length > 40
  if (takesAway) world.rows.remove(pick(chance, leaving))
  else world.rows.add({ requestTimeMs: from + Math.floor(chance() * 80_000_000) })
  return { date, rows: rowsIn(bench, date), takesAway }
}

const soak = async (minutes: number, seed: number): Promise<boolean> => {
  const chance = seededRandom(seed)
  const watch = new RequestWatch()
  const bench = await openWorkbench(soakWorld(seed, watch))
  try {
    const { simulator, home } = bench
    const archives = [
      new SoakArchive("Postgres", postgresView(bench, "soak"), home, simulator, watch),
      new SoakArchive("CSV", csvView(bench, "soak"), home, simulator, watch),
    ]
    let pending: PendingChange | undefined
    let forgotten = 0
    let nights = 0
    const isTakenIn = async ({ date, rows }: PendingChange) =>
      (await Promise.all(archives.map((archive) => archive.rowsOf(date)))).every((found) => found === rows)
    const settle = async () => {
      if (pending !== undefined && (await isTakenIn(pending))) pending = undefined
    }

    const deadline = Date.now() + minutes * 60_000
    for (let now = startOfSoak + 3 * 3_600_000; Date.now() < deadline; now = nextNight(chance, now)) {
      simulator.setNow(now)
      if (pending === undefined) {
        const change = await changeClosedDay(bench, archives, chance)
        if (change?.takesAway === true) forgotten++
        pending = change
      }
      simulator.setOptions(anyBehaviour(chance, simulator.stats().requests))
      const ends = await Promise.all(archives.map((archive) => archive.anyNight(chance)))
      await settle()
      nights++
      console.error(`night ${nights}, ${dateOf(now, seoul)}: ${ends.join(", ")}`)
    }

    // Two nights of peace, and a third one where a day was in doubt.
    simulator.setOptions(calm)
    for (let ahead = 1; ahead <= 3; ahead++) {
      const now = startOf(addDays(dateOf(simulator.world.now(), seoul), 1)) + 4 * 3_600_000
      simulator.setNow(now)
      // What is requested while the last run reads would be there or not by chance.
      simulator.world.rows.clear(now - 600_000, now + 3_600_000)
      const ends = await Promise.all(archives.map((archive) => archive.night([])))
      await settle()
      nights++
      console.error(`night ${nights}, in peace: ${ends.join(", ")}`)
      if (ahead >= 2 && ends.every((end) => end === "complete") && pending === undefined) break
    }

    let isRight = pending === undefined
    if (pending !== undefined) console.log(`a change of ${pending.date} was never taken in`)
    for (const archive of archives) {
      const differences = await archive.compare(forgotten)
      isRight &&= differences.length === 0
      const { complete, incomplete, killed } = archive.ends
      const rows = (await archive.view.lines()).length
      console.log(
        `${archive.name}: ${archive.firstDay} to ${dateOf(simulator.world.now(), seoul)}, ${complete + incomplete + killed} runs (${incomplete} incomplete, ${killed} killed), ${rows} rows, ${forgotten} of them forgotten by the API: ${differences.length === 0 ? "as the world is" : "NOT as the world is"}`,
      )
      for (const difference of differences) console.log(`  ${difference}`)
    }
    const kills = archives.reduce((sum, { ends }) => sum + ends.killed, 0)
    console.log(`seed ${seed}: ${nights} nights, ${kills} kills, ${simulator.stats().requests} requests`)
    return isRight
  } finally {
    await bench.close()
  }
}

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "1" }, seed: { type: "string" } },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed ?? Date.now() % 1_000_000)]
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error("usage: pnpm soak --minutes N [--seed N]")
  process.exitCode = 2
} else if (!(await soak(minutes, seed))) process.exitCode = 1
