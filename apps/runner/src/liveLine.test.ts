/** A line that tells what a command is doing, with a clock that the test moves. */
import { it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { afterEach, describe, expect, vi } from "vitest"
import { showLiveLine } from "./liveLine.ts"
import type { LogFormat as Format } from "./LogFormat.ts"
import { LogFormat } from "./LogFormat.ts"
import { Terminal } from "./Terminal.fixture.ts"

afterEach(() => vi.unstubAllEnvs())

/** What is seen before it is drawn, while it is drawn, and when it is over. */
const seenOn = (terminal: Terminal, format: Format = "pretty") =>
  Effect.gen(function* () {
    const lines = Effect.promise(() => terminal.lines())
    const seen: Array<ReadonlyArray<string>> = []
    let at = 0
    const isDrawn = yield* Effect.scoped(
      Effect.gen(function* () {
        const isDrawn = yield* showLiveLine(
          terminal.screen,
          (now) => `${(at += 1)} at ${now} ${"x".repeat(50)}`,
        )
        for (const time of ["100 millis", "100 millis", "200 millis"] as const) {
          yield* TestClock.adjust(time)
          seen.push(yield* lines)
        }
        return isDrawn
      }),
    )
    return { isDrawn, seen: [...seen, yield* lines], asked: at }
  }).pipe(Effect.provideService(LogFormat, format))

describe("a live line", () => {
  it.effect("is drawn again and again at a terminal, no wider than that, and goes away", () =>
    Effect.gen(function* () {
      const { isDrawn, seen } = yield* seenOn(new Terminal(40))
      const x = (count: number) => "x".repeat(count)
      expect(isDrawn).toBe(true)
      expect(seen).toEqual([[], [`1 at 200 ${x(29)}…`], [`2 at 400 ${x(29)}…`], []])
    }),
  )

  it.effect("is neither drawn nor asked for elsewhere, nor where lines are JSON", () =>
    Effect.gen(function* () {
      const nothing = { isDrawn: false, seen: [[], [], [], []], asked: 0 }
      const elsewhere = new Terminal(40)
      Object.assign(elsewhere.screen, { isTTY: false })
      expect(yield* seenOn(elsewhere)).toEqual(nothing)
      expect(yield* seenOn(new Terminal(40), "json")).toEqual(nothing)
      vi.stubEnv("TERM", "dumb")
      expect(yield* seenOn(new Terminal(40))).toEqual(nothing)
    }),
  )
})
