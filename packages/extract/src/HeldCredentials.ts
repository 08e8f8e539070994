/**
 * The credentials that requests are signed with: loaded at the first request, and again when the gateway refuses them, since
 * temporary keys expire (API facts, section 5). Many requests can be refused at once; the keys are then loaded once for all.
 */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Credentials, KeyPair } from "./Credentials.ts"
import type { CredentialsError } from "./CredentialsError.ts"

export interface HeldCredentials {
  readonly current: Effect.Effect<KeyPair, CredentialsError>
  /** Loads again, unless `refused` has been replaced already. */
  readonly renew: (refused: KeyPair) => Effect.Effect<void, CredentialsError>
}

export const holdCredentials = (credentials: Credentials["Service"]): Effect.Effect<HeldCredentials> =>
  Effect.map(Semaphore.make(1), (mutex) => {
    let held: KeyPair | undefined
    const load = Effect.tap(credentials.load, (pair) =>
      Effect.sync(() => {
        held = pair
      }),
    )
    return {
      current: Effect.suspend(() =>
        held !== undefined
          ? Effect.succeed(held)
          : mutex.withPermits(1)(Effect.suspend(() => (held === undefined ? load : Effect.succeed(held)))),
      ),
      renew: (refused) =>
        mutex.withPermits(1)(Effect.suspend(() => (held === refused ? Effect.asVoid(load) : Effect.void))),
    }
  })
