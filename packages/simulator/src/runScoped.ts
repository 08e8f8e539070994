/**
 * Runs a test's Effect in a scope of its own, on the real clock, since a simulator answers in real time.
 */
import { Effect, type Scope } from "effect"

export const runScoped = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>): Promise<A> =>
  Effect.runPromise(Effect.scoped(effect))
