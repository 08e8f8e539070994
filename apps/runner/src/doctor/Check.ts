/** One thing that `doctor` looks at, and how it came out. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** An error of ours: its message says what happened, where, and what to do now. */
export interface Fault {
  readonly _tag: string
  readonly message: string
}

export interface Check {
  readonly name: string
  readonly state: "ok" | "warning" | "failed" | "skipped"
  /** One line. Of what is not well it says what to do. */
  readonly says: string
  /** Of a failed one: what a run would end with. */
  readonly fault?: Fault
}

export const ok = (name: string, says: string): Check => ({ name, state: "ok", says })
export const warning = (name: string, says: string): Check => ({ name, state: "warning", says })
export const skipped = (name: string, says: string): Check => ({ name, state: "skipped", says })
export const failed = (name: string, fault: Fault): Check => ({
  name,
  state: "failed",
  says: fault.message,
  fault,
})

/** A check that came to no end. */
export class CheckTimedOut extends Schema.TaggedError<CheckTimedOut>()("CheckTimedOut", {
  what: Schema.String,
  seconds: Schema.Finite,
  cure: Schema.String,
}) {
  override get message() {
    return `${this.what}: no answer within ${this.seconds} s. ${this.cure}`
  }
}

/** Runs a check for so many seconds at most; a failure is the check's outcome. */
export const within = <A, E extends Fault, R>(
  check: Effect.Effect<A, E, R>,
  limit: { readonly seconds: number; readonly what: string; readonly cure: string },
): Effect.Effect<Result.Result<A, Fault>, never, R> =>
  Effect.result(
    Effect.timeoutOrElse(check as Effect.Effect<A, Fault, R>, {
      duration: Duration.seconds(limit.seconds),
      orElse: () => Effect.fail(new CheckTimedOut(limit)),
    }),
  )
