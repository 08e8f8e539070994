/** What ended the program was foreseen nowhere: a mistake in the program, and none of whoever ran it. */
import * as Schema from "effect/Schema"

export class UnexpectedError extends Schema.TaggedError<UnexpectedError>()("UnexpectedError", {
  /** What it said, without where. */
  said: Schema.String,
}) {
  override get message() {
    return `unexpected error, a mistake in the program: ${this.said}. Run the same command with --verbose to see where, and report that as an issue of vodstation-etl.`
  }
}

/** Any error, or what was thrown in place of one. */
export const unexpectedError = (cause: unknown): UnexpectedError =>
  new UnexpectedError({ said: String(cause).replace(/\.$/, "") })
