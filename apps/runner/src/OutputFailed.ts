/** Writing what a command was asked for failed on the way. */
import * as Schema from "effect/Schema"

export class OutputFailed extends Schema.TaggedError<OutputFailed>()("OutputFailed", {
  /** As the user named it. */
  out: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `${this.out}: writing failed: ${this.reason}. A file that stood there before is untouched; run the same command again.`
  }
}

/** Whoever read standard output has seen enough (`| head`): no failure, but nothing more is to be written. */
export class ReaderLeft extends Schema.TaggedError<ReaderLeft>()("ReaderLeft", {}) {
  override get message() {
    return "nobody reads standard output any more"
  }
}
