/** For tests: encodings of all shapes, as `serve` shows them. */
import type { EncodingData, TimelineState } from "./EncodingData.ts"
import { origin, rowOf, strangeRows } from "./dayShapes.fixture.ts"
import { strangeTexts } from "./reportShapes.fixture.ts"

const first = Date.parse("2026-08-13T18:11:00Z")
const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]

const latest = rowOf(0)

/** A state that lasted until the next one began, or as `ends` says. */
const state = (status: string | null, at: number, more: Partial<TimelineState> = {}): TimelineState => ({
  ...{ categoryName: "드라마", status, percent: null, bytes: null, lastWorkAt: null, link: null },
  ...{ anomalies: [], validFrom: first + at, validTo: null },
  runId: "0b9a2f6e-58c1-4d3e-9c5b-2f1f3f0f8a11",
  ...more,
})

const following = (states: ReadonlyArray<TimelineState>): ReadonlyArray<TimelineState> =>
  states.map((each, index) => ({ ...each, validTo: each.validTo ?? states[index + 1]?.validFrom ?? null }))

/** States of seconds, minutes, hours and days, and two days in which it was withdrawn. */
export const manyStates: EncodingData = {
  ...origin,
  key: latest,
  latest,
  timeline: following([
    state("WAITING", 0),
    state("RUNNING", 4 * second, { percent: 1 }),
    state("RUNNING", 3 * minute, { percent: 64.5 }),
    state("FAILURE", 2 * hour, { percent: 64.5, validTo: first + day }),
    state("WAITING", 3 * day, { percent: 0 }),
    state("CANCELED", 3 * day + hour, { percent: 0 }),
    state("COMPLETE", 4 * day, { percent: 100, bytes: 310_204_512, lastWorkAt: first + 4 * day, link: "Y" }),
  ]),
  raw: '{"categoryId":10019,"unknownField":{"a":[1,2,3]},"link":true}',
  others: [
    { ...rowOf(0), outputType: "HEVC_UHD_2Pass_60fps", status: "FAILURE" },
    { ...rowOf(0), occurrence: 2 },
  ],
}

export const oneState: EncodingData = {
  ...manyStates,
  timeline: [state("COMPLETE", 0, { percent: 100, bytes: 310_204_512 })],
  ...{ raw: null, others: [] },
}

/** Only the history knows it, and the API never told a status. */
export const withdrawn: EncodingData = {
  ...oneState,
  latest: null,
  timeline: [state(null, 0, { validTo: first + hour, categoryName: null })],
}

export const thousandStates: EncodingData = {
  ...manyStates,
  timeline: following(
    Array.from({ length: 1000 }, (_, index) =>
      state(index === 999 ? "COMPLETE" : "RUNNING", index * minute, { percent: index / 10 }),
    ),
  ),
}

/** Nothing is told of it, and it is a twin. */
export const nothingTold: EncodingData = {
  ...oneState,
  key: strangeRows[1]!,
  latest: strangeRows[1]!,
  timeline: [],
}

const strange = strangeRows[4]!

export const strangeEncoding: EncodingData = {
  ...manyStates,
  archive: strangeTexts[1]!,
  key: { ...strange, filePath: strangeTexts.join("/"), occurrence: 3 },
  latest: { ...strange, link: "javascript:document.title='taken'", missingSince: first + 9 * day },
  timeline: following(
    strangeTexts.map((text, index) =>
      state(text, index * hour, { categoryName: text, link: text, anomalies: [text], runId: text }),
    ),
  ),
  raw: strangeTexts.join("\n").repeat(9),
  others: strangeRows,
}

export const encodingShapes: Readonly<Record<string, EncodingData>> = {
  "states of seconds and of days": manyStates,
  "one state": oneState,
  "an encoding that was withdrawn": withdrawn,
  "a thousand states": thousandStates,
  "an encoding of which nothing is told": nothingTold,
  "texts that look like HTML": strangeEncoding,
}
