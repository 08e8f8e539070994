import { describe, expect, it } from "vitest"
import { stateAt, type TrueRow } from "./TrueRow.ts"

const T = 1_755_590_820_000

const row: TrueRow = {
  key: 7,
  requestTimeMs: T,
  categoryId: 10019n,
  categoryName: "예능 클립",
  filePath: "/예능 클립/a_AVC_HD_1Pass_30fps.mp4",
  outputType: "AVC_HD_1Pass_30fps",
  link: "https://example.invalid/a.mp4",
  outputTotalSize: 81_040_256n,
  startMs: T + 10_000,
  endMs: T + 60_000,
  outcome: "COMPLETE",
  blankPath: "waiting",
}

/** Whether there is a path while WAITING, RUNNING and COMPLETE. */
const paths = (blankPath: TrueRow["blankPath"]) =>
  [T, T + 20_000, T + 60_000].map((now) => stateAt({ ...row, blankPath }, now).filePath !== "")

describe("stateAt", () => {
  it("lives from WAITING over RUNNING to its outcome, and gains its path and link on the way", () => {
    expect(stateAt(row, T + 9_999)).toMatchObject({
      status: "WAITING",
      filePath: "",
      link: null,
      outputTotalSize: null,
      percent: 0,
      lastWorkTimeMs: T,
    })
    expect(stateAt(row, T + 22_500)).toMatchObject({
      status: "RUNNING",
      filePath: row.filePath,
      link: null,
      outputTotalSize: null,
      percent: 25,
      lastWorkTimeMs: T + 10_000,
    })
    expect(stateAt(row, T + 60_000)).toMatchObject({
      status: "COMPLETE",
      link: row.link,
      outputTotalSize: 81_040_256n,
      percent: 100,
      lastWorkTimeMs: T + 60_000,
    })
  })

  it("has no link and no bytes where work came to nothing", () => {
    for (const outcome of ["FAILURE", "CANCELED"]) {
      const state = stateAt({ ...row, outcome }, T + 60_000)
      expect(state).toMatchObject({ status: outcome, link: null, outputTotalSize: 0n })
      expect(state.percent).toBeLessThan(100)
    }
  })

  it("can be cancelled before it starts, and never end", () => {
    const canceled = { ...row, startMs: Infinity, outcome: "CANCELED" }
    expect(stateAt(canceled, T + 59_999).status).toBe("WAITING")
    expect(stateAt(canceled, T + 60_000)).toMatchObject({ status: "CANCELED", percent: 0 })
    const stuck = { ...row, endMs: Infinity }
    expect(stateAt(stuck, T + 1e12)).toEqual(stateAt(stuck, T + 20_000))
  })

  it("blanks the path as it is told to", () => {
    expect(paths("waiting")).toEqual([false, true, true])
    expect(paths("always")).toEqual([false, false, false])
    expect(paths("never")).toEqual([true, true, true])
  })
})
