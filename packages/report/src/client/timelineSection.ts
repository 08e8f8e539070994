/** What became of an encoding: its states as a band, and as a table behind it. */
import { type EncodingData, mostStates, type TimelineState } from "../EncodingData.ts"
import { encodingCsvAddress } from "../pageAddress.ts"
import type { Column } from "./Column.ts"
import { instantColumn, sizeColumn } from "./columns.ts"
import { dataTable, whole } from "./dataTable.ts"
import type { PartLook } from "./drawBand.ts"
import { drawBand, legendMark, partLook } from "./drawBand.ts"
import { element } from "./element.ts"
import { anomaliesColumn, percentColumn, statusColumn } from "./encodingColumns.ts"
import { fittedFigure } from "./fittedFigure.ts"
import { ledTo } from "./ledTo.ts"
import type { PageWords } from "./PageWords.ts"
import { noteOf, section } from "./section.ts"
import { stateBand } from "./stateBand.ts"

export const timelineSection = (words: PageWords, data: EncodingData): HTMLElement => {
  const { texts, wording } = words
  const { timeline, key } = data
  const timelineWords = texts.encoding.timeline
  if (timeline.length === 0)
    return section("timeline", timelineWords, element("p", { class: "none" }, timelineWords.noStates))
  return section(
    "timeline",
    timelineWords,
    bandFigure(words, data),
    ...(timeline.length < mostStates ? [] : [noteOf(timelineWords.part(wording.count(timeline.length)))]),
    stateTable(words, data),
    element("p", {}, element("a", { href: ledTo(encodingCsvAddress(key)) }, timelineWords.download)),
  )
}

const bandFigure = (words: PageWords, { timeline, madeAt }: EncodingData): HTMLElement => {
  const { texts, wording } = words
  const timelineWords = texts.encoding.timeline
  const canvas = element("div", {
    class: "band",
    role: "img",
    "aria-label": timeline
      .slice(-20)
      .map((state) => `${state.status ?? timelineWords.noStatus} ${wording.moment(state.validFrom)}`)
      .join(", "),
  })
  const note = element("p", { class: "note" })
  const legend = element("ul", { class: "legend" })
  const { figure } = fittedFigure({
    title: timelineWords.chart,
    controls: legend,
    canvas,
    draw: (width) => {
      const parts = stateBand(timeline, madeAt, width)
      canvas.replaceChildren(drawBand(words, parts, width))
      legend.replaceChildren(...legendOf(words, new Set(parts.map(partLook))))
      const states = parts.filter(({ state }) => state !== null).length
      note.textContent = [
        ...(parts.length > 1 ? [timelineWords.scale] : []),
        ...(states < timeline.length
          ? [timelineWords.lastOf(wording.count(states), wording.count(timeline.length))]
          : []),
      ].join(" ")
    },
  })
  figure.append(note)
  return figure
}

const legendOf = ({ texts }: PageWords, looks: ReadonlySet<PartLook>): ReadonlyArray<HTMLElement> => {
  const { columns, encoding } = texts
  const names: Readonly<Record<PartLook, string>> = {
    complete: columns.complete,
    failure: columns.failure,
    canceled: columns.canceled,
    unfinished: columns.unfinished,
    withdrawn: encoding.timeline.withdrawn,
  }
  return Array.from(looks, (look) => element("li", {}, legendMark(look), names[look]))
}

const stateTable = (words: PageWords, { timeline, madeAt }: EncodingData): HTMLElement => {
  const { texts, wording } = words
  const heads = texts.columns
  const timelineWords = texts.encoding.timeline
  const before = new Map(timeline.map((state, index) => [state, timeline[index - 1]]))
  const compared = (column: Column<TimelineState>): Column<TimelineState> => ({
    ...column,
    mark: (state) => {
      const earlier = before.get(state)
      return earlier === undefined || column.value(earlier) === column.value(state)
        ? undefined
        : timelineWords.changed
    },
  })
  const lasted = (state: TimelineState) => Math.max(0, (state.validTo ?? madeAt) - state.validFrom)
  return dataTable<TimelineState>(words, {
    caption: timelineWords.table,
    rows: whole(timeline),
    columns: [
      instantColumn(words, heads.since, (row) => row.validFrom, wording.moment),
      {
        ...instantColumn<TimelineState>(words, timelineWords.until, (row) => row.validTo),
        text: (row) => (row.validTo === null ? timelineWords.now : wording.moment(row.validTo)),
      },
      {
        head: timelineWords.lasted,
        value: lasted,
        text: (row) => wording.lasted(lasted(row)),
        numeric: true,
        inFile: { head: timelineWords.lasted, text: (row) => wording.lasted(lasted(row)) },
      },
      compared(statusColumn(words)),
      compared(percentColumn(words)),
      compared(sizeColumn(words, heads.size, (row) => row.bytes)),
      compared(instantColumn(words, heads.lastWorkAt, (row) => row.lastWorkAt, wording.moment)),
      compared({ head: heads.category, value: (row) => row.categoryName }),
      compared({
        head: texts.encoding.latest.link,
        value: (row) => row.link,
        look: (row) => (row.link === null ? undefined : "path"),
      }),
      compared(anomaliesColumn(words)),
      // Its first signs tell runs apart; a file has all of them.
      { head: timelineWords.run, value: (row) => row.runId, text: (row) => row.runId.slice(0, 8) },
    ],
  })
}
