/** What DuckDB refused or failed with, before it is known what that means for its user. */
import * as Schema from "effect/Schema"

export class DuckDbError extends Schema.TaggedError<DuckDbError>()("DuckDbError", {
  /** As DuckDB calls it, such as `Parser`, `Catalog`, `Permission`, `IO`, `INTERRUPT`. */
  kind: Schema.String,
  /** One line. */
  reason: Schema.String,
  /** The lines after it: names that may have been meant, and the place in the statement. */
  more: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

/** Any error that DuckDB gave: `Catalog Error: Table with name x does not exist!`, and more lines that point at the place. */
export const duckDbError = (cause: unknown): DuckDbError => {
  const [line = "", ...more] = (cause instanceof Error ? cause.message : String(cause)).split("\n")
  const [, kind, reason] = /(?:^|: )(\w[\w ]*?) Error: (.*)$/.exec(line) ?? []
  return new DuckDbError({ kind: kind ?? "", reason: reason ?? line, more: more.join("\n") })
}
