/** What lies in a page as JSON, from which its script makes it: the report, or what a served report leads to. */
import type { DayData } from "./DayData.ts"
import type { EncodingData } from "./EncodingData.ts"
import type { ReportData } from "./ReportData.ts"

export type PageData = ReportPageData | DayPageData | EncodingPageData

export interface ReportPageData {
  readonly kind: "report"
  /** Whether days, files and encodings lead to pages of their own: a page that lies on a disk has none to lead to. */
  readonly served: boolean
  readonly report: ReportData
}

export interface DayPageData {
  readonly kind: "day"
  readonly day: DayData
}

export interface EncodingPageData {
  readonly kind: "encoding"
  readonly encoding: EncodingData
}
