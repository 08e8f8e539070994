/** What makes a run doubt the gateway as a whole. */
import * as Schema from "effect/Schema"

/** The gateway understands windows otherwise than the archive remembers. */
export class GatewayChanged extends Schema.TaggedError<GatewayChanged>()("GatewayChanged", {
  remembered: Schema.String,
  found: Schema.String,
}) {
  override get message() {
    return `The gateway understands a window of time otherwise than when this archive was filled. It was: ${this.remembered}. It is: ${this.found}. Nothing of it is believed yet, and nothing was loaded with it; run the same command again, and if the gateway then still says so, it counts.`
  }
}

/** The gateway answers the same rows whatever time is asked for. */
export class WindowIgnored extends Schema.TaggedError<WindowIgnored>()("WindowIgnored", {}) {
  override get message() {
    return "The gateway answers with encodings although a time was asked for of which there are none (1970): it ignores workStartTimeFrom and workStartTimeTo, so that no day can be told from another. Nothing was loaded. Check VODSTATION_BASE_URL, and what lies between here and the gateway."
  }
}
