/** Progress of a run as the screen shows it, with a clock that the test moves. */
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { it } from "@effect/vitest"
import { describe, expect } from "vitest"
import { aboutLogs, logLayer } from "./logLayer.ts"
import { makeProgress, Progress } from "./Progress.ts"
import { Terminal } from "./Terminal.fixture.ts"

const problem = `SliceUnproven: 2021-09-02: ${"what was seen, ".repeat(12)}run the same command again.`

/** Half of a run of four days, one of which had a problem. */
const someWork = Effect.fnUntraced(function* (screen: Terminal["screen"], quiet = false) {
  const progress = yield* makeProgress(screen, { quiet })
  yield* progress.begin(4)
  yield* progress.dayStarted("2021-09-01")
  yield* progress.dayStarted("2021-09-02")
  yield* progress.pageCame("2021-09-01", 2)
  yield* progress.pageCame("2021-09-01", undefined)
  yield* progress.rowsCame(1_500)
  yield* progress.asked({ requests: 7, retries: 1 })
  yield* TestClock.adjust("5 seconds")
  yield* progress.dayEnded("2021-09-01")
  yield* progress.problem(problem)
  yield* progress.pageCame("2021-09-02", 4)
  yield* TestClock.adjust("6 seconds")
  return progress
})

const shownBy = (terminal: Terminal) => Effect.promise(() => terminal.lines())

describe("in a terminal", () => {
  it.effect("one picture shows all, and problems stay above it", () =>
    Effect.gen(function* () {
      const terminal = new Terminal(80)
      const progress = yield* someWork(terminal.screen)
      const lines = yield* shownBy(terminal)
      expect(lines.slice(0, -3).join(" ")).toBe(problem)
      expect(lines.slice(-3)).toEqual([
        `${"█".repeat(10)}${"░".repeat(30)} 1 of 4 days · about 15 s left`,
        "1,500 rows · 136 rows/s · 7 requests · 1 retry · 1 problem",
        "pages: 2021-09-02 1/4",
      ])
      yield* progress.end
      expect((yield* shownBy(terminal)).join(" ")).toBe(problem)
    }),
  )

  it.effect("lines after the end are left alone", () =>
    Effect.gen(function* () {
      const terminal = new Terminal(80)
      const progress = yield* someWork(terminal.screen)
      yield* progress.end
      terminal.screen.write("result\n")
      yield* TestClock.adjust("1 minute")
      expect((yield* shownBy(terminal)).at(-1)).toBe("result")
    }),
  )
})

describe("without a terminal", () => {
  const piped = () => {
    const terminal = new Terminal(200)
    return { terminal, screen: Object.assign(terminal.screen, { isTTY: false }) as never }
  }

  it.effect("a line comes every ten seconds, and after a minute every minute", () =>
    Effect.gen(function* () {
      const { terminal, screen } = piped()
      const progress = yield* someWork(screen)
      const [first, line, ...more] = yield* shownBy(terminal)
      expect(first).toBe(problem.slice(0, 200))
      expect([line, ...more].join("\n")).toContain(
        "1 of 4 days · about 25 s left · 1,500 rows · 150 rows/s · 7 requests · 1 retry · 1 problem",
      )
      const soFar = (yield* shownBy(terminal)).length
      yield* TestClock.adjust("50 seconds")
      expect(yield* shownBy(terminal)).toHaveLength(soFar + 5)
      yield* TestClock.adjust("10 minutes")
      expect(yield* shownBy(terminal)).toHaveLength(soFar + 15)
      yield* progress.end
      yield* TestClock.adjust("10 minutes")
      expect(yield* shownBy(terminal)).toHaveLength(soFar + 15)
    }),
  )

  it.effect("nothing is drawn: no escape codes, no bars", () =>
    Effect.gen(function* () {
      const { terminal, screen } = piped()
      let written = ""
      terminal.screen.on("data", (text: string) => (written += text))
      yield* someWork(screen)
      // oxlint-disable-next-line no-control-regex
      expect(written).not.toMatch(/\u001B|█/)
    }),
  )
})

it.effect("what is logged with the name of an error is a problem, and nothing else is", () =>
  Effect.gen(function* () {
    const terminal = new Terminal(80)
    const progress = yield* makeProgress(terminal.screen)
    yield* progress.begin(1)
    yield* Effect.gen(function* () {
      yield* Effect.logWarning("the clock is off")
      yield* Effect.logError("a day failed").pipe(aboutLogs({ error: "SliceUnproven" }))
    }).pipe(Effect.provide(Layer.provide(logLayer, Layer.succeed(Progress, progress))))
    yield* TestClock.adjust("1 second")
    expect(yield* shownBy(terminal)).toEqual([
      "warn: the clock is off",
      "a day failed [SliceUnproven]",
      `${"░".repeat(40)} 0 of 1 day`,
      "0 requests · 1 problem",
    ])
  }),
)

it.effect.each([true, false])("quiet, only problems are told (in a terminal: %s)", (isTTY) =>
  Effect.gen(function* () {
    const terminal = new Terminal(80)
    yield* someWork(Object.assign(terminal.screen, { isTTY }) as never, true)
    expect((yield* shownBy(terminal)).join("")).toBe(problem)
  }),
)
