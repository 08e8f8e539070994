/** The page of a day: how it was read, its encodings, and the rows that could not be understood. */
import type { DayData, RejectedRow } from "../DayData.ts"
import { dayAddress, dayCsvAddress, reportAddress } from "../pageAddress.ts"
import type { ReportDay } from "../ReportData.ts"
import { dataTable, whole } from "./dataTable.ts"
import { dayFilterForm } from "./dayFilterForm.ts"
import { element } from "./element.ts"
import { encodingColumns } from "./encodingColumns.ts"
import { figureList } from "./figureList.ts"
import { ledTo } from "./ledTo.ts"
import { pageFrame } from "./pageFrame.ts"
import type { PageWords } from "./PageWords.ts"
import { failureShare } from "./periods.ts"
import { noteOf, section } from "./section.ts"
import { wayOn } from "./wayOn.ts"

export const dayPage = (words: PageWords, data: DayData): void => {
  const { texts } = words
  const { day, figures, previousDay, nextDay } = data
  const { header, main } = pageFrame(words, data, texts.day.title(day), data.archive)
  main.className = "rows"
  header.append(
    wayOn(texts.day.way, [
      [texts.day.report, reportAddress],
      [`← ${previousDay}`, previousDay === null ? null : dayAddress(previousDay), "prev"],
      [`${nextDay} →`, nextDay === null ? null : dayAddress(nextDay), "next"],
    ]),
  )
  if (figures === null) {
    const unknown = noteOf(texts.day.unknown(day, dayAfter(day)))
    unknown.className = "empty"
    main.append(unknown)
    return
  }
  main.append(
    dayFigures(words, figures),
    ...(figures.error === null
      ? []
      : [element("p", { class: "error" }, `${texts.day.error}: `, element("bdi", {}, figures.error))]),
    rowsSection(words, data, figures),
    rejectsSection(words, data),
  )
}

const dayFigures = ({ texts, wording }: PageWords, day: ReportDay): HTMLElement => {
  const { count, percent, bytes } = wording
  const figures = texts.day.figures
  return figureList([
    [
      count(day.encodings),
      figures.encodings,
      figures.ofState(texts.coverage.looks[day.look]),
      day.look === "failed",
    ],
    [count(day.complete), figures.complete, bytes(day.bytes)],
    [count(day.failure), figures.failed, figures.ofEnded(percent(failureShare(day))), day.failure > 0],
    [count(day.unfinished), figures.unfinished, figures.canceled(count(day.canceled))],
    [
      day.proof ?? figures.noProof,
      figures.proof,
      day.proof === null ? "" : texts.health.proofNames[day.proof].replace(/ \(.*\)$/, ""),
    ],
    [count(day.forgotten), figures.forgotten, figures.kept],
    [count(day.rejected), figures.rejected, figures.keptBelow, day.rejected > 0],
    [
      count(day.requests),
      figures.requests,
      day.readAt === null ? figures.neverRead : figures.readAt(wording.instant(day.readAt)),
    ],
  ])
}

const rowsSection = (words: PageWords, data: DayData, figures: ReportDay): HTMLElement => {
  const { texts, wording } = words
  const { day, filter, rows, total, after, next } = data
  const dayWords = texts.day.rows
  const filtered = Object.keys(filter).length > 0
  if (total === 0 && !filtered)
    return section("rows", dayWords, element("p", { class: "none" }, dayWords.noRows))
  const found = dayWords.found(
    wording.count(total),
    wording.count(Math.max(total, figures.encodings)),
    wording.count(rows.length),
  )
  return section(
    "rows",
    dayWords,
    dayFilterForm(words, data),
    element(
      "p",
      { class: "found" },
      element("span", {}, found),
      total === 0
        ? null
        : element("a", { href: ledTo(dayCsvAddress(day, filter)) }, dayWords.download(wording.count(total))),
    ),
    rows.length === 0
      ? element("p", { class: "none" }, total === 0 ? dayWords.noMatch : dayWords.noMore)
      : dataTable(words, {
          caption: texts.day.caption(day),
          rows: { rows, total },
          columns: encodingColumns(words, rows, "file"),
          page: { sorts: after === null && next === null },
        }),
    ...(after === null && next === null
      ? []
      : [
          wayOn(dayWords.pages, [
            [dayWords.first, after === null ? null : dayAddress(day, filter)],
            [dayWords.next, next === null ? null : dayAddress(day, filter, next), "next"],
          ]),
        ]),
  )
}

const rejectsSection = (words: PageWords, { rejects, day }: DayData): HTMLElement => {
  const { texts } = words
  const heads = texts.columns
  return section(
    "rejects",
    texts.day.rejects,
    rejects.length === 0
      ? element("p", { class: "none" }, texts.day.rejects.none)
      : dataTable<RejectedRow>(words, {
          caption: `${texts.day.rejects.heading} ${day}`,
          rows: whole(rejects),
          columns: [
            { head: heads.reason, value: (row) => row.reason },
            { head: heads.times, value: (row) => row.count, numeric: true },
            { head: heads.payload, value: (row) => row.payload, look: () => "code" },
          ],
        }),
  )
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
