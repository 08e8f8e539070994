/** All that the archive holds of one work day, at one moment, and row by row: a cursor, so that memory stays flat. */
import type { HeldState } from "@vodstation-etl/core/checkStates"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { HeldDay } from "../Archive.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"
import { StoredRow } from "./StoredRows.ts"
import { wholeNumber } from "./wholeNumber.ts"

const State = Schema.Struct({ ...StoredRow.fields, supersededAt: Schema.NullOr(Schema.Finite) })

const Reject = Schema.Struct({
  fingerprint: Schema.String,
  reason: Schema.String,
  payload: Schema.String,
  count: wholeNumber,
  firstSeenAt: Schema.Finite,
  runId: Schema.String,
})

const Held = Schema.Struct({ workDate: Schema.String })

/** In a transaction that sees one moment. */
export const lookAtDay = Effect.fn("lookAtDay")(function* (
  connection: PostgresConnection,
  workDate: string,
  see: (states: ReadonlyArray<HeldState>) => void,
): Effect.fn.Return<HeldDay, PostgresError> {
  const rejects = yield* connection.rows(Reject, sqlStatement("selectRejects"), [workDate])
  yield* connection.execute(sqlStatement("openStates"), [workDate])
  for (;;) {
    // Few at a time, so that they are garbage while they are young: 2,000 cost a third more CPU time.
    const states = yield* connection.rows(State, "FETCH 200 FROM held_state")
    if (states.length === 0) return { rejects, damage: null }
    see(states)
  }
})

export const selectHeldDates = Effect.fn("selectHeldDates")(function* (
  connection: PostgresConnection,
): Effect.fn.Return<ReadonlyArray<string>, PostgresError> {
  const held = yield* connection.rows(Held, sqlStatement("selectHeldDates"))
  return held.map(({ workDate }) => workDate)
})
