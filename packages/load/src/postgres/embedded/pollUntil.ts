/** Waiting for something that only looking again tells. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** Runs `check` every `every` ms until it gives a value, for at most `atMost` ms; then `undefined`. */
export const pollUntil = Effect.fnUntraced(function* <A, E, R>(
  check: Effect.Effect<A | undefined, E, R>,
  { every, atMost }: { readonly every: number; readonly atMost: number },
): Effect.fn.Return<A | undefined, E, R> {
  const deadline = (yield* Clock.currentTimeMillis) + atMost
  while (true) {
    const found = yield* check
    if (found !== undefined || (yield* Clock.currentTimeMillis) >= deadline) return found
    yield* Effect.sleep(every)
  }
})
