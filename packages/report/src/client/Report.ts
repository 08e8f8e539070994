/** What every part of the page is made from. */
import type { ReportData } from "../ReportData.ts"
import type { ReportTexts } from "../texts/ReportTexts.ts"
import type { Wording } from "./Wording.ts"

export interface Report {
  readonly data: ReportData
  readonly texts: ReportTexts
  readonly wording: Wording
}
