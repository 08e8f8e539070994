/** In which words and numbers a page is written. */
import type { ReportTexts } from "../texts/ReportTexts.ts"
import type { Wording } from "./Wording.ts"

export interface PageWords {
  readonly texts: ReportTexts
  readonly wording: Wording
}
