/** The report's figures: asked anew, but once for all who ask for the same days at about the same time. */
import * as Cache from "effect/Cache"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Semaphore from "effect/Semaphore"
import { readReportData } from "../reportData/readReportData.ts"

/** Nobody sees that a page is so old, and who reloads it in anger asks nothing. */
const sharedFor = "3 seconds"
const rangesKept = 4

/** @param permits each question takes one */
export const makeSharedReport = (permits: Semaphore.Semaphore) =>
  Effect.map(
    Cache.makeWith((range: string) => permits.withPermit(readReportData(...boundsIn(range))), {
      capacity: rangesKept,
      timeToLive: (exit) => (Exit.isSuccess(exit) ? sharedFor : "0 seconds"),
    }),
    (cache) => (from: string | undefined, before: string | undefined) =>
      Cache.get(cache, `${from ?? ""}/${before ?? ""}`),
  )

const boundsIn = (range: string): [string | undefined, string | undefined] => {
  const [from, before] = range.split("/")
  return [from || undefined, before || undefined]
}
