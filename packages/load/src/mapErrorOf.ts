/** Maps the errors of one class and leaves the others, which `Effect.catchTag` cannot where it is open what they are. */
import * as Effect from "effect/Effect"

export const mapErrorOf = <T, A, E, R, F>(
  effect: Effect.Effect<A, E, R>,
  type: abstract new (...args: any) => T,
  map: (error: T) => F,
): Effect.Effect<A, Exclude<E, T> | F, R> => {
  const isOther = (error: E): error is Exclude<E, T> => !(error instanceof type)
  const isMine = (error: unknown): error is T => error instanceof type
  return Effect.mapError(effect, (error) => {
    if (isOther(error)) return error
    if (isMine(error)) return map(error)
    throw new Error("an error is of a class or is not", { cause: error })
  })
}
