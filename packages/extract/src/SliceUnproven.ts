/** A slice that was read and could not be proven complete. Its day fails by name; nothing of it is loaded. */
import * as Schema from "effect/Schema"

export class SliceUnproven extends Schema.TaggedError<SliceUnproven>()("SliceUnproven", {
  workDate: Schema.String,
  /** `from to before`, in UTC. */
  slice: Schema.String,
  /** What was seen. */
  sign: Schema.String,
}) {
  override get message() {
    return `${this.workDate}: the list from ${this.slice} could not be proven complete: ${this.sign}. The day is not loaded; run the same command again to read it again.`
  }
}
