/** What is reported of days that were read without an error, and yet are not as they ought to be. Pure. */
import type { DayShrunk } from "@vodstation-etl/core/DayShrunk"
import { dayShrunkMessage } from "@vodstation-etl/core/DayShrunk"
import type { ReadReason } from "@vodstation-etl/core/Plan"
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { Seam } from "@vodstation-etl/extract/checkSeam"
import { describeSlice } from "@vodstation-etl/extract/Slice"
import type { Problem } from "./RunReport.ts"

/** At a border of the day rows are lost or told twice, however it is asked for. */
export const brokenSeam = (day: string, { left, right }: Seam): Problem => ({
  day,
  error: "SeamBroken",
  message: `${day}: the gateway loses or repeats rows where the windows ${describeSlice(left)} and ${describeSlice(right)} meet, and no way of asking was found that does not. The day is loaded and stays open; run \`vodstation-etl nightly\` to have it tried again.`,
})

/** So much of the day has gone that its reading is not believed before another run agrees. */
export const dayHasShrunk = (day: string, shrunk: DayShrunk): Problem => ({
  day,
  error: "DayShrunk",
  message: `${day}: ${dayShrunkMessage(shrunk)}`,
})

/** The gateway lists more rows than could be told apart (proof `count`): none where as many came as it said. */
export const loadedInPart = (reading: DayReading): Problem | undefined => {
  const { workDate: day, apiTotal } = reading
  const lacking = apiTotal - reading.rowCount - reading.rejectedRows
  if (lacking <= 0) return undefined
  return {
    day,
    error: "SliceUnproven",
    message: `${day}: ${lacking} of ${apiTotal} rows could not be told from others that are alike, requested within one millisecond: their list moved each time that it was read. The others are loaded, and the day stays open; run the same command again to read it again.`,
  }
}

/** A reading that the archive dropped, since it holds a later one. */
export interface DroppedReading {
  readonly day: string
  readonly reason: ReadReason
  /** When the reading began that the archive holds, and what time it is now: epoch ms by the gateway's clock. */
  readonly storedAt: number
  readonly now: number
}

/** How far two runs at the same moment may differ about the gateway's time: 2 s each (extract, `GatewayClock`), and a second's fraction. */
const sameMoment = 5_000

/**
 * Nothing where another run has read the day meanwhile, unless the day was to be repaired: what differed may differ still. A
 * stored reading of a later time than now was read by a clock that was ahead, or ours is behind; until it is past, every reading
 * of the day is dropped.
 */
export const outdatedReading = ({ day, reason, storedAt, now }: DroppedReading): Problem | undefined => {
  const isToCome = storedAt > now + sameMoment
  if (!isToCome && reason !== "differs") return undefined
  const instant = (ms: number) => new Date(ms).toISOString()
  const cure = isToCome
    ? `that is later than the time now, ${instant(now)}. Check this machine's clock and the gateway's; a reading counts again once that time has passed.`
    : "of another run. Run the same command again."
  return {
    day,
    error: "ReadingOutdated",
    message: `${day}: what was read was not taken, since the archive holds a reading of ${instant(storedAt)}, ${cure}`,
  }
}
