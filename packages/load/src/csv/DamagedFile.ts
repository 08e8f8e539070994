/** A file of the archive that is not as the archive writes it: what is in it must stop the merge, and not be taken for data. */
import * as path from "node:path"
import { isCalendarDate } from "@vodstation-etl/core/WorkDay"

const ofDay =
  "Restore all files of that day from a backup; without one, move them out of the archive, and the day is loaded as a new one."

const ofLedger =
  "Restore that file from a backup; without one, move it away and backfill from the first day on: what the days hold stays."

export class DamagedFile extends Error {
  /** What to do about it, in a sentence. */
  readonly cure: string

  /**
   * @param message names the file
   * @param file `ledger.csv` or a day's, `2021-09-12.csv`, in whatever folder
   */
  constructor(message: string, file: string, options?: ErrorOptions) {
    super(message, options)
    this.cure = isCalendarDate(path.basename(file, ".csv")) ? ofDay : ofLedger
  }
}
