/** A range of a simulated world's days, and the pages that hold it. */
import * as Option from "effect/Option"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { addDays, timeZone, workDays } from "@vodstation-etl/core/WorkDay"

/** Days of a world of which one needs to know no more. */
export interface ReadRange {
  /** YYYY-MM-DD. */
  readonly firstDay: string
  /** One entry a day. */
  readonly rowsPerDay: ReadonlyArray<number>
}

export const daysOfRange = ({ firstDay, rowsPerDay }: ReadRange): ReadonlyArray<WorkDay> =>
  workDays(firstDay, addDays(firstDay, rowsPerDay.length), Option.getOrThrow(timeZone("Asia/Seoul")))

/** The targets that a reader has to ask for at least, who knows beforehand how many rows there are. */
export const pageTargets = (range: ReadRange, pageSize: number): ReadonlyArray<string> =>
  daysOfRange(range).flatMap(({ start, end }, day) =>
    Array.from(
      { length: Math.ceil(range.rowsPerDay[day]! / pageSize) },
      (_, page) =>
        `/api/v2/status?pageNo=${page + 1}&pageSizeNo=${pageSize}&workStartTimeFrom=${start}&workStartTimeTo=${end - 1}`,
    ),
  )
