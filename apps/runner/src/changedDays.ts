/**
 * Which of the closed days have another total by now. Adjacent days are asked for at once, one request for their sum; only
 * where it differs is it narrowed down by halves. So a night in which nothing has changed costs one request, and one in
 * which a day of thirty has changed some ten.
 *
 * A sum that differs is a reason to look closer and never to read a day: that takes the day's own total, or a gateway whose
 * totals saturate would have everything read every night.
 */
import * as Effect from "effect/Effect"
import type { ClosedDay } from "@vodstation-etl/core/planNightly"
import type { GatewayError } from "@vodstation-etl/extract/GatewayError"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { gatewayDayErrors } from "./dayErrors.ts"
import { aboutLogs } from "./logLayer.ts"

/**
 * The dates of those `days`, which are in order, whose total is not what it was. A window that the gateway does not accept
 * is narrowed down as well, since it may be too long; where it does not answer at all the rest is left to the next night,
 * with a warning. Fails with what ends every run.
 */
export const changedDays = Effect.fn("changedDays")(function* (days: ReadonlyArray<ClosedDay>) {
  const list = yield* StatusList
  const changed: Array<string> = []

  /** Whether the sum of the days is what it was; undefined where the gateway does not say. */
  const stands = (run: ReadonlyArray<ClosedDay>): Effect.Effect<boolean | undefined, GatewayError> =>
    list.total({ from: run[0]!.day.start, before: run.at(-1)!.day.end }).pipe(
      Effect.map((total) => total === run.reduce((sum, day) => sum + day.total, 0)),
      Effect.catchTag("BadRequest", (error) =>
        run.length === 1
          ? Effect.as(
              Effect.logWarning(`${error.message} Not asked: whether ${run[0]!.day.date} has changed.`).pipe(
                aboutLogs({ day: run[0]!.day.date }),
              ),
              undefined,
            )
          : Effect.undefined,
      ),
    )

  /**
   * Goes through the days for those that have changed; tells whether they all stand.
   *
   * @param differs their sum is known to be another one, since the change is not in the other half
   */
  const narrow: (run: ReadonlyArray<ClosedDay>, differs: boolean) => Effect.Effect<boolean, GatewayError> =
    Effect.fnUntraced(function* (run, differs) {
      const same = differs && run.length > 1 ? false : yield* stands(run)
      if (same === true) return true
      if (run.length === 1) {
        if (same === false) changed.push(run[0]!.day.date)
        return false
      }
      const middle = Math.ceil(run.length / 2)
      const leftStands = yield* narrow(run.slice(0, middle), false)
      yield* narrow(run.slice(middle), leftStands && same === false)
      return false
    })

  yield* Effect.forEach(adjacentRuns(days), (run) => narrow(run, false), { discard: true }).pipe(
    Effect.catchTag(gatewayDayErrors, (error) =>
      Effect.logWarning(
        `Whether closed days have changed could not be asked to the end; the next night asks again. ${error.message}`,
      ),
    ),
  )
  return changed
})

/** The days in runs without a gap. */
const adjacentRuns = (days: ReadonlyArray<ClosedDay>): ReadonlyArray<ReadonlyArray<ClosedDay>> => {
  const runs: Array<Array<ClosedDay>> = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last !== undefined && last.at(-1)!.day.end === day.day.start) last.push(day)
    else runs.push([day])
  }
  return runs
}
