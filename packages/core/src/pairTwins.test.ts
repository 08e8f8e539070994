import { describe, expect, it } from "vitest"
import type { Encoding, StoredEncoding } from "./Encoding.ts"
import { pairTwins } from "./pairTwins.ts"

const day = { requestedFrom: 0, requestedBefore: 86_400_000 }

const row = (change: Partial<Encoding> = {}): Encoding => ({
  categoryId: 1n,
  filePath: "/a.mp4",
  outputType: "AVC_SD_1Pass_30fps",
  categoryName: "test",
  status: "COMPLETE",
  link: null,
  percent: 100,
  outputTotalSize: 1n,
  lastWorkTime: 1000,
  ...day,
  anomalies: [],
  raw: null,
  ...change,
})

const stored = (occurrence: number, change: Partial<StoredEncoding> = {}): StoredEncoding => ({
  ...row(change),
  occurrence,
  missingSince: null,
  firstSeenAt: 0,
  changedAt: 0,
  runId: "run",
  ...change,
})

/** What was paired, by occurrence and the incoming row's position; what had gone; what was new. */
const outcome = (olds: ReadonlyArray<StoredEncoding>, news: ReadonlyArray<Encoding>) => {
  const { pairs, gone, added } = pairTwins(olds, news)
  return {
    pairs: pairs.map(([old, now]) => [old.occurrence, news.indexOf(now)]).toSorted((a, b) => a[0]! - b[0]!),
    gone: gone.map((old) => old.occurrence).toSorted(),
    added: added.map((now) => news.indexOf(now)).toSorted(),
  }
}

const waiting = { status: "WAITING", percent: 0, lastWorkTime: 5 } as const
const running = { status: "RUNNING", percent: 50, lastWorkTime: 10 } as const

describe("one stored and one incoming row are the same row", () => {
  it("whatever became of it", () => {
    const news = [row({ status: "FAILURE", lastWorkTime: 9000 })]
    expect(outcome([stored(1, waiting)], news)).toEqual({ pairs: [[1, 0]], gone: [], added: [] })
    expect(outcome([stored(3)], news)).toEqual({ pairs: [[3, 0]], gone: [], added: [] })
  })

  it("but not where they were requested at different times", () => {
    const morning = { requestedFrom: 0, requestedBefore: 43_200_000 }
    const evening = { requestedFrom: 43_200_000, requestedBefore: 86_400_000 }
    expect(outcome([stored(1, morning)], [row(evening)])).toEqual({ pairs: [], gone: [1], added: [0] })
    expect(outcome([stored(1, morning)], [row(day)])).toEqual({ pairs: [[1, 0]], gone: [], added: [] })
  })
})

describe("of several of one identity", () => {
  it("equal rows are paired first", () => {
    const olds = [stored(1, { lastWorkTime: 1 }), stored(2, { lastWorkTime: 2 })]
    const news = [row({ lastWorkTime: 2 }), row({ lastWorkTime: 1 })]
    expect(outcome(olds, news)).toEqual({
      pairs: [
        [1, 1],
        [2, 0],
      ],
      gone: [],
      added: [],
    })
  })

  it("a twin that the API forgets neither renumbers nor overwrites its brother", () => {
    const olds = [stored(1, { lastWorkTime: 1 }), stored(2, { lastWorkTime: 2 })]
    expect(outcome(olds, [row({ lastWorkTime: 2 })])).toEqual({ pairs: [[2, 0]], gone: [1], added: [] })
  })

  it("then those of the same status and last work time", () => {
    const olds = [stored(1, { lastWorkTime: 1 }), stored(2, { lastWorkTime: 2 })]
    const news = [row({ lastWorkTime: 2, link: "http://x" }), row({ lastWorkTime: 1, link: "http://y" })]
    expect(outcome(olds, news)).toEqual({
      pairs: [
        [1, 1],
        [2, 0],
      ],
      gone: [],
      added: [],
    })
  })

  it("then stored rows that are not terminal with what is left, in order of time", () => {
    const olds = [stored(1, running), stored(2, waiting)]
    const news = [row({ lastWorkTime: 90 }), row({ lastWorkTime: 80 })]
    expect(outcome(olds, news)).toEqual({
      pairs: [
        [1, 0],
        [2, 1],
      ],
      gone: [],
      added: [],
    })
  })

  it("a terminal row never becomes another one", () => {
    const olds = [stored(1, { lastWorkTime: 1 }), stored(2, waiting)]
    const news = [row({ lastWorkTime: 70 }), row({ lastWorkTime: 80 })]
    expect(outcome(olds, news)).toEqual({ pairs: [[2, 0]], gone: [1], added: [1] })
  })

  it("equals are as many as there are", () => {
    const olds = [stored(1), stored(2), stored(3)]
    expect(outcome(olds, [row(), row()]).pairs).toHaveLength(2)
    expect(outcome(olds, [row(), row(), row(), row()])).toMatchObject({ gone: [], added: [3] })
  })

  it("a row that the API still shows comes before one that it has forgotten", () => {
    const olds = [stored(1, { missingSince: 7 }), stored(2)]
    expect(outcome(olds, [row()])).toEqual({ pairs: [[2, 0]], gone: [1], added: [] })
  })

  it("an equal row that was requested within the incoming row's range comes before one that is yet to be narrowed", () => {
    const evening = { requestedFrom: 43_200_000, requestedBefore: 86_400_000 }
    expect(outcome([stored(1), stored(2, evening)], [row(evening)])).toEqual({
      pairs: [[2, 0]],
      gone: [1],
      added: [],
    })
    expect(outcome([stored(1), stored(2, { ...evening, missingSince: 7 })], [row(evening)])).toEqual({
      pairs: [[1, 0]],
      gone: [2],
      added: [],
    })
  })

  it("rows of disjoint ranges are never paired, even where they are equal", () => {
    const morning = { requestedFrom: 0, requestedBefore: 43_200_000 }
    const evening = { requestedFrom: 43_200_000, requestedBefore: 86_400_000 }
    const olds = [stored(1, morning), stored(2, evening)]
    expect(outcome(olds, [row(evening), row(evening)])).toEqual({ pairs: [[2, 0]], gone: [1], added: [1] })
  })

  it("is none where there is nothing", () => {
    expect(outcome([], [row(), row()])).toEqual({ pairs: [], gone: [], added: [0, 1] })
    expect(outcome([stored(1)], [])).toEqual({ pairs: [], gone: [1], added: [] })
  })
})
