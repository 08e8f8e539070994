/** A flag whose value cannot be used, or that does not go with another one: exit 2, before anything is touched. */
import * as Schema from "effect/Schema"

export class InvalidFlag extends Schema.TaggedError<InvalidFlag>()("InvalidFlag", {
  flag: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    // A database may advise with a question.
    return `${this.flag}: ${this.reason}${this.reason.endsWith("?") ? "" : "."}`
  }
}

/** A setting from the environment that cannot be used: exit 2, before anything is touched. */
export class InvalidSetting extends Schema.TaggedError<InvalidSetting>()("InvalidSetting", {
  setting: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `${this.setting}: ${this.reason}.`
  }
}
