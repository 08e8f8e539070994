/** The archive against itself: every day that it holds anything of, every row. Reads only. The rules are core's, `DayCheck`. */
import * as Effect from "effect/Effect"
import type { CheckedDay } from "@vodstation-etl/core/DayCheck"
import { DayCheck } from "@vodstation-etl/core/DayCheck"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { addDays } from "@vodstation-etl/core/WorkDay"
import type { Archive } from "./Archive.ts"
import type { ArchiveError } from "./ArchiveError.ts"

/** How often a day is looked at before it is called off: one that is just being loaded may show its rows before its ledger. */
const looks = 3
const between = "200 millis"

export const checkArchive = Effect.fn("checkArchive")(function* (
  archive: Archive["Service"],
): Effect.fn.Return<
  { readonly ledger: ReadonlyArray<LedgerDay>; readonly days: ReadonlyArray<CheckedDay> },
  ArchiveError
> {
  const ledger = yield* archive.ledger()
  const byDate = new Map(ledger.map((day) => [day.workDate, day]))
  const days: Array<CheckedDay> = []
  for (const workDate of yield* archive.heldDates) {
    let checked = yield* look(archive, workDate, byDate.get(workDate))
    for (let looked = 1; looked < looks && checked.found > 0; looked++) {
      yield* Effect.sleep(between)
      checked = yield* checkDay(archive, workDate)
    }
    days.push(checked)
  }
  return { ledger, days }
})

/** One look at one day, with its ledger as it is now. */
export const checkDay = Effect.fn("checkDay")(function* (
  archive: Archive["Service"],
  workDate: string,
): Effect.fn.Return<CheckedDay, ArchiveError> {
  const [ledger] = yield* archive.ledger({ from: workDate, before: addDays(workDate, 1) })
  return yield* look(archive, workDate, ledger)
})

const look = Effect.fnUntraced(function* (
  archive: Archive["Service"],
  workDate: string,
  ledger: LedgerDay | undefined,
) {
  const day = new DayCheck(workDate)
  const { rejects, damage } = yield* archive.lookAtDay(workDate, (states) => day.add(states))
  return day.end(ledger, rejects, damage)
})
