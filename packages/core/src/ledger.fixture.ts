/** Ledgers as nights find them, for tests of what a night reads. */
import * as Option from "effect/Option"
import type { LedgerDay } from "./Reading.ts"
import { addDays, timeZone, workDay } from "./WorkDay.ts"

export const zone = Option.getOrThrow(timeZone("Asia/Seoul"))
export const today = "2021-10-20"

/** Three in the morning of the day. */
export const nightOf = (date: string) => workDay(date, zone).start + 3 * 3_600_000

export const ago = (days: number) => addDays(today, -days)

export const entry = (workDate: string, change: Partial<LedgerDay> = {}): LedgerDay => ({
  workDate,
  state: "closed",
  proof: "single-page",
  apiTotal: 10,
  rowCount: 10,
  openRows: 0,
  rejectedRows: 0,
  requests: 1,
  pages: 1,
  readAt: nightOf(addDays(workDate, 1)),
  runId: "run",
  digest: "0",
  error: null,
  ...change,
})

export const closed = (days: number) => entry(ago(days))

export const open = (days: number, readDaysAgo = 1) =>
  entry(ago(days), { state: "open", openRows: 1, readAt: nightOf(ago(readDaysAgo)) })

/** A day that was never loaded. */
export const failedOn = (workDate: string) =>
  entry(workDate, {
    state: "failed",
    apiTotal: null,
    rowCount: null,
    readAt: null,
    error: "Throttled: slower",
  })

export const failed = (days: number) => failedOn(ago(days))

/** In order of their dates, as a ledger is. */
export const sorted = (...ledger: ReadonlyArray<LedgerDay>) =>
  ledger.toSorted((a, b) => (a.workDate < b.workDate ? -1 : 1))
