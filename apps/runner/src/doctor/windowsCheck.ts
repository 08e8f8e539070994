/** How the gateway understands a window of time: found out as a run does, next to a row, and held against the archive's memory. */
import * as Effect from "effect/Effect"
import { calibrate } from "@vodstation-etl/extract/calibrate"
import { checkSeam } from "@vodstation-etl/extract/checkSeam"
import { findRowBorder } from "@vodstation-etl/extract/findRowBorder"
import type { GatewayError } from "@vodstation-etl/extract/GatewayError"
import type { Slice } from "@vodstation-etl/extract/Slice"
import { widthOf } from "@vodstation-etl/extract/Slice"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { describeWindows, sameWindows, turned, windowsFromFacts } from "@vodstation-etl/extract/WindowFacts"
import { GatewayChanged, WindowIgnored } from "../GatewayChanged.ts"
import type { Check } from "./Check.ts"
import { failed, ok, warning } from "./Check.ts"

const day = 86_400_000

interface WindowsQuestion {
  /** The last days. */
  readonly slice: Slice
  /** How many rows it holds. */
  readonly rows: number
  readonly facts: Readonly<Record<string, string>>
}

export const windowsCheck = Effect.fn("windowsCheck")(function* ({
  slice,
  rows,
  facts,
}: WindowsQuestion): Effect.fn.Return<Check, GatewayError, StatusList> {
  const list = yield* StatusList
  if (rows === 0) {
    return warning(
      "windows",
      "There are no encodings of the last days, so that it does not show how the gateway understands a window. The first run finds out; if there should be some, check --site and whose keys these are.",
    )
  }
  const lastDay: Slice = { from: slice.before - day, before: slice.before }
  let rowsOfIt = yield* list.total(lastDay)
  if (rowsOfIt === rows && !(yield* list.areWindows(list.windows()))) {
    // All rows whatever is asked: for windows told the wrong way round, or for all.
    const other = turned(list.windows())
    if (!(yield* list.areWindows(other))) return failed("windows", new WindowIgnored())
    list.learnWindows(other)
    rowsOfIt = yield* list.total(lastDay)
  }
  const remembered = windowsFromFacts(facts)
  if (remembered !== undefined && remembered.order === list.windows().order) list.learnWindows(remembered)
  const seam = yield* rowsOfIt > 0 ? findRowBorder(list, lastDay, rowsOfIt) : findRowBorder(list, slice, rows)
  const verdict = yield* checkSeam(list, seam)
  if (verdict === "moving") {
    return warning("windows", "The list kept changing while it was asked; run doctor again in a while.")
  }
  const border = new Date(seam.right.from).toISOString()
  if (verdict === "broken") {
    const found = yield* calibrate(list, seam)
    if (found === undefined) {
      return warning(
        "windows",
        `Two windows that meet at ${border} do not add up: times are compared more coarsely than to the ms. Runs cut days only where they do add up; there is nothing to do.`,
      )
    }
    list.learnWindows(found)
  }
  const now = list.windows()
  if (remembered !== undefined && !sameWindows(remembered, now)) {
    return warning(
      "windows",
      new GatewayChanged({ remembered: describeWindows(remembered), found: describeWindows(now) }).message,
    )
  }
  const order = now.order === "to-first" ? "" : "workStartTimeFrom carries the start, "
  const width = widthOf(seam.left)
  return ok(
    "windows",
    width === 1 || verdict === "broken"
      ? order + describeWindows(now)
      : `${order || "workStartTimeTo carries the start, "}and windows join, as far as so few rows show (to ${width} ms)`,
  )
})
