/** Shows how far an export is, on standard error: a line that changes where a terminal is, now and then one where none is. */
import { createLogUpdate } from "log-update"
import * as Effect from "effect/Effect"
import type { Screen } from "./LiveDisplay.ts"

const picturesEvery = "200 millis"
const linesEvery = "10 seconds"

/** Shows what `bytes` gives, until the scope closes; the first time after a while, since most exports are short. */
export const showExportProgress = Effect.fnUntraced(function* (
  screen: Screen,
  what: string,
  bytes: () => number,
) {
  const live = screen.isTTY === true ? createLogUpdate(screen) : undefined
  const show = Effect.sync(() => {
    const line = `${what}: ${(bytes() / 1e6).toFixed(1)} MB`
    if (live === undefined) screen.write(`${line}\n`)
    else live(line.slice(0, (screen.columns ?? 80) - 1))
  })
  const every = live === undefined ? linesEvery : picturesEvery
  yield* Effect.forkScoped(Effect.forever(Effect.andThen(Effect.sleep(every), show)))
  yield* Effect.addFinalizer(() => Effect.sync(() => live?.clear()))
})
