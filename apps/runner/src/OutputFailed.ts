/** Writing what a command was asked for failed on the way. */
import * as Schema from "effect/Schema"
import { errorCode } from "@vodstation-etl/load/errorCode"

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

/** What the file system says, with what to do about a disk that is full. */
export const reasonOf = (cause: unknown): string => {
  const code = errorCode(cause)
  if (code === "ENOSPC" || code === "EDQUOT") return "the disk is full: free some space"
  return cause instanceof Error ? cause.message : String(cause)
}
