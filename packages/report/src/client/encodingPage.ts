/** The page of an encoding: what it is, what became of it, what the API gave, and what else there is of its file. */
import type { EncodingRow } from "../DayData.ts"
import type { EncodingData } from "../EncodingData.ts"
import { dayAddress, reportAddress } from "../pageAddress.ts"
import { dataTable, whole } from "./dataTable.ts"
import { element } from "./element.ts"
import { encodingColumns } from "./encodingColumns.ts"
import { pageFrame } from "./pageFrame.ts"
import type { PageWords } from "./PageWords.ts"
import { section } from "./section.ts"
import { statusLook } from "./statusLook.ts"
import { timelineSection } from "./timelineSection.ts"
import { wayOn } from "./wayOn.ts"

export const encodingPage = (words: PageWords, data: EncodingData): void => {
  const { texts } = words
  const { key, raw, others } = data
  const encodingWords = texts.encoding
  const named = key.filePath === "" ? texts.day.noPath : key.filePath
  const { header, main } = pageFrame(words, data, encodingWords.title(named), data.archive)
  main.className = "rows"
  header.append(
    wayOn(texts.day.way, [
      [texts.day.report, reportAddress],
      [texts.day.title(key.workDate), dayAddress(key.workDate)],
    ]),
  )
  main.append(
    section("latest", encodingWords.latest, ...latestFacts(words, data)),
    timelineSection(words, data),
    section(
      "raw",
      encodingWords.raw,
      raw === null
        ? element("p", { class: "none" }, encodingWords.raw.none)
        : element("pre", { tabindex: 0 }, raw),
    ),
    section(
      "others",
      encodingWords.others,
      others.length === 0
        ? element("p", { class: "none" }, encodingWords.others.none)
        : dataTable<EncodingRow>(words, {
            caption: encodingWords.others.heading,
            rows: whole(others),
            columns: encodingColumns(words, others, "format"),
          }),
    ),
  )
}

const latestFacts = (
  { texts, wording }: PageWords,
  { key, latest, timeline }: EncodingData,
): ReadonlyArray<HTMLElement> => {
  const { columns: heads, encoding } = texts
  const latestWords = encoding.latest
  const name = latest?.categoryName ?? timeline.at(-1)?.categoryName ?? ""
  const told = <Value>(value: Value | null | undefined, text: (value: Value) => string) =>
    value === null || value === undefined ? latestWords.none : text(value)
  const plain = (value: string) => value
  const facts: Array<readonly [name: string, value: string, look?: string]> = [
    [heads.file, key.filePath === "" ? texts.day.noPath : key.filePath],
    [heads.format, key.outputType === "" ? latestWords.none : key.outputType],
    [heads.category, name === "" ? key.categoryId : latestWords.category(name, key.categoryId)],
    [heads.day, key.workDate],
  ]
  if (key.occurrence > 1)
    facts.push([latestWords.twin, latestWords.twinNumber(wording.count(key.occurrence))])
  if (latest !== null) {
    facts.push(
      [
        latestWords.requested,
        latestWords.between(wording.moment(latest.requestedFrom), wording.moment(latest.requestedBefore)),
      ],
      [heads.status, told(latest.status, plain), `status ${statusLook(latest.status)}`],
      [heads.percent, told(latest.percent, (percent) => wording.percent(percent / 100))],
      [
        heads.size,
        told(latest.bytes, (bytes) => latestWords.size(wording.bytes(bytes), wording.count(bytes))),
      ],
      [heads.lastWorkAt, told(latest.lastWorkAt, wording.moment)],
      [latestWords.link, told(latest.link, plain)],
      [
        latestWords.listed,
        latest.missingSince === null
          ? latestWords.stillListed
          : latestWords.missingSince(wording.moment(latest.missingSince)),
      ],
      [heads.anomalies, latest.anomalies.length === 0 ? latestWords.none : latest.anomalies.join(", ")],
    )
  }
  return [
    ...(latest === null ? [element("p", { class: "error" }, latestWords.withdrawn)] : []),
    element(
      "dl",
      { class: "facts" },
      ...facts.map(([fact, value, look]) =>
        element("div", {}, element("dt", {}, fact), element("dd", { class: look }, value)),
      ),
    ),
  ]
}
