/** What was found out about the API for this archive: the rows of `archive_setting` whose names begin with `api_`. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

const Fact = Schema.Struct({ name: Schema.String, value: Schema.String })

export const selectFacts = Effect.fn("selectFacts")(function* (
  connection: PostgresConnection,
): Effect.fn.Return<Readonly<Record<string, string>>, PostgresError> {
  const facts = yield* connection.rows(Fact, sqlStatement("selectFacts"))
  return Object.fromEntries(facts.map(({ name, value }) => [name, value]))
})

export const keepFacts = Effect.fn("keepFacts")(function* (
  connection: PostgresConnection,
  facts: Readonly<Record<string, string | null>>,
): Effect.fn.Return<void, PostgresError> {
  yield* connection.execute(sqlStatement("keepFacts"), [Object.keys(facts), Object.values(facts)])
})
