/** What every part of a report is made from. */
import type { ReportData } from "../ReportData.ts"
import type { PageWords } from "./PageWords.ts"

export interface Report extends PageWords {
  readonly data: ReportData
  /** Whether there are pages of days and encodings to lead to. */
  readonly served: boolean
}
