/** A command line that is not understood: an unknown command or flag, one that is missing, a value that cannot be. Exit 2. */
import * as Schema from "effect/Schema"

export class InvalidCommandLine extends Schema.TaggedError<InvalidCommandLine>()("InvalidCommandLine", {
  /** What is wrong, as sentences. */
  wrong: Schema.Array(Schema.String),
  /** The command as far as it was understood, such as `vodstation-etl backfill`. */
  command: Schema.String,
}) {
  override get message() {
    return `${this.wrong.join(" ")} See ${this.command} --help.`
  }
}
