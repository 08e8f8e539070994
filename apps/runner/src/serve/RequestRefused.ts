/** A request that is not answered: what its sender reads instead, as one line of plain text. */
import * as Schema from "effect/Schema"

export class RequestRefused extends Schema.TaggedError<RequestRefused>()("RequestRefused", {
  /** 400 not understood, 403 from another site, 404 not there, 405 not a way to ask, 421 by a foreign name, 503 cannot now. */
  status: Schema.Literals([400, 403, 404, 405, 421, 503]),
  /** Says what is wrong, and what to do now. */
  line: Schema.String,
}) {
  override get message() {
    return this.line
  }
}

/** A text of the request's as a line can hold it. */
export const quoted = (text: string): string => {
  const shown = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "\uFFFD")
  return shown.length > 200 ? `${shown.slice(0, 200)}…` : shown
}
