/** All words of the pages, once in each language. Numbers come as they are to be shown. */
import type { DayTexts } from "./DayTexts.ts"
import type { EncodingTexts } from "./EncodingTexts.ts"
import type { DayLook, ReportDay, RunFigures } from "../ReportData.ts"

export type Language = "en" | "ko"

export interface ReportTexts {
  readonly title: string
  readonly needsScript: string
  readonly subtitle: (range: string, archive: string) => string
  readonly footer: (program: string, madeAt: string, timeZone: string) => string
  readonly contents: string
  readonly empty: string

  readonly figures: {
    readonly encodings: string
    readonly days: (days: string) => string
    readonly failed: string
    readonly failures: (count: string) => string
    readonly stored: string
    readonly outputs: (count: string) => string
    readonly closed: string
    readonly ofDays: (days: string) => string
    readonly notClosed: string
    readonly notClosedParts: (open: string, failed: string, missing: string) => string
    readonly stuck: string
    readonly stuckSince: (day: string) => string
    readonly notUnderstood: string
    readonly anomalies: (count: string) => string
    readonly retries: string
    readonly ofRequests: (requests: string) => string
    readonly none: string
  }

  readonly coverage: Section & {
    readonly looks: Readonly<Record<DayLook, string>>
    readonly allYears: (years: string) => string
    readonly lastYears: string
    readonly dayTable: string
  }
  readonly outcome: Section & {
    readonly by: string
    readonly units: { readonly day: string; readonly week: string; readonly month: string }
    readonly share: string
    readonly table: string
  }
  readonly formats: Section & {
    readonly turnaround: string
    readonly turnaroundNote: (window: string) => string
    readonly half: string
    readonly nineTenths: string
    readonly noTurnaround: string
    readonly sizes: string
    readonly sizesNote: string
    readonly noSizes: string
    readonly table: string
  }
  readonly failures: Section & {
    readonly chart: string
    readonly none: string
    readonly table: string
    readonly files: string
    readonly filesNote: string
    readonly allCategories: string
  }
  readonly troubles: Section & {
    readonly stuck: string
    readonly noStuck: string
    readonly rejects: string
    readonly noRejects: string
    readonly anomalies: string
    readonly noAnomalies: string
  }
  readonly storage: Section & {
    readonly show: string
    readonly total: string
    readonly added: string
    readonly others: string
    readonly none: string
    readonly table: string
  }
  readonly health: Section & {
    readonly proofs: string
    readonly proofNames: Readonly<Record<NonNullable<ReportDay["proof"]>, string>>
    readonly noProof: string
    readonly requests: string
    readonly firstTries: string
    readonly noRuns: string
    readonly runs: string
    readonly outcomes: Readonly<Record<RunFigures["outcome"], string>>
    readonly notClosed: string
    readonly allClosed: string
    readonly reasons: {
      readonly weak: string
      readonly openRows: (count: string) => string
      readonly notSettled: string
      readonly missing: string
    }
  }
  readonly columns: Columns
  readonly table: {
    readonly behind: string
    readonly filter: string
    readonly all: string
    readonly shown: (shown: string, total: string) => string
    readonly partOf: (told: string, total: string) => string
    readonly more: (count: string) => string
    readonly noMatch: string
    readonly download: string
    /** Over sizes in a file, which have no unit of their own there. */
    readonly inBytes: (head: string) => string
  }
  readonly day: DayTexts
  readonly encoding: EncodingTexts
}

interface Section {
  readonly heading: string
  /** What the section shows and what it rests on, in a sentence or two. */
  readonly note: string
}

interface Columns {
  readonly day: string
  readonly period: string
  readonly month: string
  readonly state: string
  readonly proof: string
  readonly encodings: string
  readonly complete: string
  readonly failure: string
  readonly canceled: string
  readonly unfinished: string
  readonly failureShare: string
  readonly forgotten: string
  readonly rejected: string
  readonly size: string
  readonly percent: string
  readonly lastWorkAt: string
  readonly missingSince: string
  readonly anomalies: string
  readonly earlierStates: string
  readonly twin: string
  readonly payload: string
  readonly times: string
  readonly requests: string
  readonly retries: string
  readonly readAt: string
  readonly reason: string
  readonly format: string
  readonly formats: string
  readonly halfSize: string
  readonly p95Size: string
  readonly halfTook: string
  readonly nineTenthsTook: string
  readonly window: string
  readonly category: string
  readonly categoryId: string
  readonly file: string
  readonly lastDay: string
  readonly firstDay: string
  readonly age: string
  readonly status: string
  readonly since: string
  readonly rows: string
  readonly days: string
  readonly outputs: string
  readonly added: string
  readonly total: string
  readonly command: string
  readonly started: string
  readonly took: string
  readonly outcome: string
}
