/**
 * The world of the demo: a month of a believable video business, up to the day before yesterday, so that everything in it
 * has settled and a second demo changes nothing. Its days are counted from a fixed date, so that a day looks the same
 * whenever the demo is run.
 */
import * as Option from "effect/Option"
import { addDays, dateOf, timeZone } from "@vodstation-etl/core/WorkDay"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"

export interface DemoWorld {
  readonly from: string
  /** The day after the last one. */
  readonly to: string
  readonly simulator: Partial<SimulatorOptions>
}

const epoch = "2020-01-01"
const zoneName = "Asia/Seoul"
const daysShown = 31

export const demoWorld = (nowMs: number): DemoWorld => {
  const today = dateOf(nowMs, Option.getOrThrow(timeZone(zoneName)))
  const to = addDays(today, -1)
  const dayNumber = (date: string) => (Date.parse(date) - Date.parse(epoch)) / 86_400_000
  return {
    from: addDays(to, -daysShown),
    to,
    simulator: {
      seed: 20210914,
      zone: zoneName,
      firstDay: epoch,
      days: dayNumber(today) + 1,
      rowsPerDay: (day) => (isWeekend(day) ? 2400 : 4000),
      slowDay: dayNumber(slowDayBefore(to)),
      stuckShare: 0.00005,
      // Sizes beyond 2^53 are right to be read, but would spoil the sums that the demo shows.
      hugeShare: 0,
      generation: "mixed",
      looseness: 0.001,
      looseKinds: [
        "pathAbsent",
        "linkBoolean",
        "timeEpochSecond",
        "percentUnreadable",
        "unknownFields",
        "categoryIdUnreadable",
      ],
      faults: 0.03,
      clock: "ticking",
      now: nowMs,
    },
  }
}

const isWeekend = (day: number): boolean => [0, 6].includes(new Date(addDays(epoch, day)).getUTCDay())

/** The last 14th of a month before the date. */
const slowDayBefore = (date: string): string => {
  const fourteenth = `${date.slice(0, 8)}14`
  return fourteenth < date ? fourteenth : `${addDays(`${date.slice(0, 8)}01`, -1).slice(0, 8)}14`
}
