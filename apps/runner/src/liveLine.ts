/** A line at the bottom of a terminal that tells what a command is doing, and goes away when it is done; nowhere else. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { isLive, LiveDisplay } from "./LiveDisplay.ts"
import type { Screen } from "./LiveDisplay.ts"
import { LogFormat } from "./LogFormat.ts"

const drawnEvery = "200 millis"

/**
 * Draws what `line` gives for a time (epoch ms), again and again until the scope closes; the first time after a while, since
 * most of what is waited for is short. Where there is no terminal it does nothing, and nobody asks `line`.
 *
 * @returns whether it is drawn
 */
export const showLiveLine = Effect.fnUntraced(function* (screen: Screen, line: (now: number) => string) {
  if (!isLive(screen) || (yield* LogFormat) === "json") return false
  const display = new LiveDisplay(screen)
  const draw = Effect.map(Clock.currentTimeMillis, (now) => display.show(cut(line(now), display.columns - 1)))
  yield* Effect.addFinalizer(() => Effect.sync(() => display.end()))
  yield* Effect.forkScoped(Effect.forever(Effect.andThen(Effect.sleep(drawnEvery), draw)))
  return true
})

const cut = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`
