/** The work days of which the archive has a file of one kind, in no order. */
import * as fs from "node:fs/promises"
import { isCalendarDate } from "@vodstation-etl/core/WorkDay"
import { errorCode } from "../errorCode.ts"
import type { ArchiveFolder, DayFile } from "./ArchiveFolder.ts"

export const datesOf = async (folder: ArchiveFolder, file: DayFile): Promise<ReadonlyArray<string>> => {
  try {
    return (await fs.readdir(folder.dayFolder(file)))
      .map((name) => name.replace(/\.csv$/, ""))
      .filter(isCalendarDate)
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return []
    throw cause
  }
}
