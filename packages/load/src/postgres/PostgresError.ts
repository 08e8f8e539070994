/** What a statement or a connection failed with, before it is known what that means for the archive. */
import * as Schema from "effect/Schema"

export class PostgresError extends Schema.TaggedError<PostgresError>()("PostgresError", {
  /** SQLSTATE of five characters, a code of Node such as `ECONNREFUSED`, or null. */
  code: Schema.NullOr(Schema.String),
  /** What Postgres or the network says. Holds no statement and no password. */
  reason: Schema.String,
  /** What Postgres advises. */
  hint: Schema.optional(Schema.String),
  /** The character of the statement that Postgres points at, from 1. */
  position: Schema.optional(Schema.Int),
  /** The connection is gone: the statement may be tried again on another one. */
  connectionLost: Schema.Boolean,
}) {
  override get message() {
    return this.reason
  }
}

/** Admin shutdown, crash shutdown, cannot connect now: the server ends or refuses connections, and will be back. */
const serverLeaves = new Set(["57P01", "57P02", "57P03"])

/** Any error that `pg` gave, as a `PostgresError`. */
export const postgresError = (cause: unknown): PostgresError => {
  // A host name with several addresses fails with all of their errors, and an empty message.
  const first = cause instanceof AggregateError ? cause.errors[0] : cause
  const code = codeOf(first)
  const reason = first instanceof Error && first.message !== "" ? first.message : (code ?? "unknown error")
  const fromServer =
    code !== null && /^[0-9A-Z]{5}$/.test(code) && first instanceof Error && "severity" in first
  return new PostgresError({
    code,
    reason,
    ...(fromServer && told(first)),
    connectionLost: !fromServer || code.startsWith("08") || serverLeaves.has(code),
  })
}

const told = (error: Error) => ({
  hint: "hint" in error && typeof error.hint === "string" ? error.hint : undefined,
  position: "position" in error && typeof error.position === "string" ? Number(error.position) : undefined,
})

const codeOf = (cause: unknown): string | null =>
  typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : null
