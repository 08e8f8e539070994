/** From what an address asks for to its answer. */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { DayData } from "@vodstation-etl/report/DayData"
import type { PageData } from "@vodstation-etl/report/PageData"
import { readPageParts } from "@vodstation-etl/report/PageParts"
import type { DayFilter } from "@vodstation-etl/report/pageAddress"
import { pagePolicy } from "@vodstation-etl/report/pagePolicy"
import { renderPage } from "@vodstation-etl/report/renderPage"
import type { Language } from "@vodstation-etl/report/texts/ReportTexts"
import { boundsOf } from "../boundsOf.ts"
import { answerHeaders } from "./answerHeaders.ts"
import { makeCsvAnswer } from "./csvAnswer.ts"
import { dayFileName, encodingFileName } from "./downloadName.ts"
import { readChoices, readDay } from "./readDay.ts"
import { readEncoding, requireEncoding } from "./readEncoding.ts"
import type { Address } from "./readAddress.ts"
import { quoted, RequestRefused } from "./RequestRefused.ts"
import { rowOfKey, rowsOfDay } from "./rowConditions.ts"
import { makeSharedReport } from "./sharedReport.ts"

export interface RouteOptions {
  /** What the report tells of where its address does not say it. */
  readonly from: string | undefined
  readonly to: string | undefined
  readonly lang: Language
  /** Of a question, in seconds. */
  readonly timeout: number
}

/** Pages that are being made at once: the others wait, so that nobody's clicks hurt the database. */
const mostAtOnce = 2

export const makeRoutes = Effect.fnUntraced(function* (options: RouteOptions) {
  const { timeZone } = yield* ArchiveQuery
  const parts = yield* Effect.promise(readPageParts)
  const permits = yield* Semaphore.make(mostAtOnce)
  const sharedReport = yield* makeSharedReport(permits)
  const csvAnswer = yield* makeCsvAnswer(options.timeout)

  const page = (data: PageData, lang: Language | undefined) =>
    HttpServerResponse.text(renderPage(data, lang ?? options.lang, parts), {
      contentType: "text/html; charset=utf-8",
      headers: answerHeaders(pagePolicy(data.kind, parts)),
    })

  return Effect.fnUntraced(function* (method: string, asked: Address) {
    switch (asked.page) {
      case "report": {
        const { from, before } = yield* boundsOf(
          { from: asked.from ?? options.from, to: asked.to ?? options.to },
          timeZone,
        )
        const report = yield* sharedReport(from, before)
        return page({ kind: "report", served: true, report }, asked.lang)
      }
      case "day": {
        const day = yield* permits.withPermit(readDay(asked.day, asked.filter, asked.after))
        yield* refuseStrange(asked.day, asked.filter, day)
        return page({ kind: "day", day }, asked.lang)
      }
      case "encoding": {
        const encoding = yield* permits.withPermit(readEncoding(asked.key))
        return page({ kind: "encoding", encoding }, asked.lang)
      }
      case "dayCsv": {
        const { day, filter } = asked
        yield* refuseStrange(day, filter, yield* permits.withPermit(readChoices(day)))
        const rows = rowsOfDay(day, filter)
        return yield* csvAnswer(method, { table: "encoding", day, rows, name: dayFileName(day, filter) })
      }
      case "encodingCsv": {
        const { key } = asked
        yield* permits.withPermit(requireEncoding(key))
        const download = { table: "encoding_timeline", day: key.workDate, rows: rowOfKey(key) } as const
        return yield* csvAnswer(method, { ...download, name: encodingFileName(key) })
      }
    }
  })
})

type Choices = Pick<DayData, "statuses" | "formats">

/**
 * Refuses a status or format that looks like none, unless the day has it. One that merely is not there today is shown to be
 * in no row.
 */
const refuseStrange = Effect.fnUntraced(function* (day: string, filter: DayFilter, choices: Choices) {
  for (const [name, value, there] of [
    ["status", filter.status, choices.statuses],
    ["format", filter.format, choices.formats],
  ] as const) {
    if (value === undefined || !/['"`;\\<>\p{C}]/u.test(value)) continue
    if (there.some((choice) => choice.value === value)) continue
    return yield* new RequestRefused({
      status: 404,
      line: `No encoding of ${day} has the ${name} ${quoted(value)}.`,
    })
  }
})
