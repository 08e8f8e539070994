/** How many rows the API says that a day holds, where somebody only wants to know: one small request. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { sliceOf } from "@vodstation-etl/extract/Slice"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { gatewayDayErrors } from "./dayErrors.ts"

/** The total, or why the gateway did not tell it. Fails with what ends every run. */
export const totalOfDay = Effect.fn("totalOfDay")(function* (day: WorkDay) {
  const list = yield* StatusList
  return yield* list.total(sliceOf(day)).pipe(
    Effect.map((total): Result.Result<number, string> => Result.succeed(total)),
    Effect.catchTag(gatewayDayErrors, (error) => Effect.succeed(Result.fail(error.message))),
  )
})
