import * as Schema from "effect/Schema"

/** An answer of the list that is no JSON, or not of the documented shape. Reading it again may help, since bodies get cut. */
export class AnswerUnreadable extends Schema.TaggedError<AnswerUnreadable>()("AnswerUnreadable", {
  reason: Schema.String,
  /** The first 100 characters of the body, on one line. */
  excerpt: Schema.String,
}) {
  override get message() {
    const begins = this.excerpt === "" ? "" : ` It begins with: ${this.excerpt}`
    return `The gateway's answer cannot be read: ${this.reason}. Try again; if it stays so, look at what stands between here and the gateway, such as a proxy or a login page.${begins}`
  }
}
