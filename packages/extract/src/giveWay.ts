/** Between two pieces of work that keep this process busy for a moment, such as reading a page. */
import * as Effect from "effect/Effect"

/** Turns of the event loop that the next request needs to be woken, signed and sent. */
const turnsToSend = 3

/** Lets requests that may go out, and answers that came, go first. */
export const giveWay: Effect.Effect<void> = Effect.repeat(Effect.yieldNow, { times: turnsToSend - 1 })
