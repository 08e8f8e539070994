/** What is fixed for an archive, or was found out about the API that it is filled from: the table `archive_setting`. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

const Value = Schema.Struct({ value: Schema.String })

/** Sets it if nobody has yet, and gives what it is. */
export const keepSetting = Effect.fn("keepSetting")(function* (
  connection: PostgresConnection,
  name: "time_zone" | "host",
  value: string,
): Effect.fn.Return<string, PostgresError> {
  yield* connection.execute(sqlStatement("keepSetting"), [name, value])
  const [found] = yield* connection.rows(Value, sqlStatement("selectSetting"), [name])
  return found!.value
})
