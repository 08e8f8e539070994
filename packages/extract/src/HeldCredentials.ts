/**
 * The credentials that requests are signed with: loaded at the first request, and again when the gateway refuses them, since
 * temporary keys expire (API facts, section 5). Many requests can be refused at once; the keys are then loaded once for all.
 */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Semaphore from "effect/Semaphore"
import type { Credentials, KeyPair } from "./Credentials.ts"
import type { CredentialsError } from "./CredentialsError.ts"

export interface HeldCredentials {
  readonly current: Effect.Effect<KeyPair, CredentialsError>
  /**
   * Loads again, unless `refused` has been replaced already. A file that is just being rewritten may be found half done, so
   * that a load that fails is tried again for a second.
   */
  readonly renew: (refused: KeyPair) => Effect.Effect<void, CredentialsError>
  /** Told of every answer to keys, but for a refusal of them. */
  readonly accepted: (keys: KeyPair) => void
  /** Whether keys come from a renewal and have not been accepted since: a refusal of those is the last word. */
  readonly isUntried: (keys: KeyPair) => boolean
}

const halfDone = { schedule: Schedule.spaced("250 millis"), times: 4 }

export const holdCredentials = (credentials: Credentials["Service"]): Effect.Effect<HeldCredentials> =>
  Effect.map(Semaphore.make(1), (mutex) => {
    /** Undefined while they are loaded, so that nothing is signed with keys that are known to be refused. */
    let held: KeyPair | undefined
    let untried: KeyPair | undefined
    const load = Effect.tap(credentials.load, (pair) =>
      Effect.sync(() => {
        held = pair
      }),
    )
    const loadAgain = (refused: KeyPair) =>
      Effect.suspend(() => {
        held = undefined
        return Effect.tap(Effect.retry(load, halfDone), (pair) =>
          Effect.sync(() => {
            untried = pair
          }),
        )
      }).pipe(
        Effect.onExit(() =>
          Effect.sync(() => {
            held ??= refused
          }),
        ),
        Effect.asVoid,
      )
    return {
      current: Effect.suspend(() =>
        held !== undefined
          ? Effect.succeed(held)
          : mutex.withPermits(1)(Effect.suspend(() => (held === undefined ? load : Effect.succeed(held)))),
      ),
      renew: (refused) =>
        mutex.withPermits(1)(Effect.suspend(() => (held === refused ? loadAgain(refused) : Effect.void))),
      accepted: (keys) => {
        if (keys === untried) untried = undefined
      },
      isUntried: (keys) => keys === untried,
    }
  })
