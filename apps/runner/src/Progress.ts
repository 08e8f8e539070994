/**
 * Shows how far a run is, on standard error: one calm display where a terminal is, a line now and then where none is (a
 * JSON object with `--log-format json`). The work tells what happens; only this file and those it draws with know what it
 * looks like.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { jsonLine } from "./jsonLine.ts"
import { isLive, LiveDisplay, paintFor } from "./LiveDisplay.ts"
import type { Screen } from "./LiveDisplay.ts"
import { LogFormat } from "./LogFormat.ts"
import type { DayInFlight, ProgressState } from "./ProgressState.ts"
import { progressLine, progressPicture, startOfProgress, timeLeft } from "./ProgressState.ts"
import type { SteadyTime } from "./SteadyTime.ts"
import { leftInWords, steadyTime } from "./SteadyTime.ts"
import { wrapLines } from "./wrapLines.ts"

export class Progress extends Context.Service<
  Progress,
  {
    /** So many days are about to be read. */
    readonly begin: (days: number) => Effect.Effect<void>
    readonly dayStarted: (date: string) => Effect.Effect<void>
    /** A page of a day came. @param of how many pages the day has, as far as that is known */
    readonly pageCame: (date: string, of: number | undefined) => Effect.Effect<void>
    /** Rows were taken over into the archive's hands. */
    readonly rowsCame: (rows: number) => Effect.Effect<void>
    readonly dayEnded: (date: string) => Effect.Effect<void>
    readonly asked: (stats: { readonly requests: number; readonly retries: number }) => Effect.Effect<void>
    /** A line that stays, as it is; for what there is to say, log it. */
    readonly say: (line: string) => Effect.Effect<void>
    /** A line that stays, of what did not go well; counted. */
    readonly problem: (line: string) => Effect.Effect<void>
    /** Takes the display away. */
    readonly end: Effect.Effect<void>
  }
>()("@vodstation-etl/runner/Progress") {
  static readonly layer = Layer.effect(
    Progress,
    Effect.suspend(() => makeProgress(process.stderr)),
  )
  /** Tells problems only (`--quiet`). */
  static readonly quietLayer = Layer.effect(
    Progress,
    Effect.suspend(() => makeProgress(process.stderr, { quiet: true })),
  )
}

const pictureEvery = 100

/** How long after a line the next one comes, where no terminal is: soon at first, so that one sees that it works. */
const nextLineAfter = (elapsed: number): number => (elapsed < 60_000 ? 10_000 : 60_000)

export const makeProgress = Effect.fnUntraced(function* (
  screen: Screen,
  { quiet = false }: { readonly quiet?: boolean } = {},
) {
  const isJson = (yield* LogFormat) === "json"
  const display = isLive(screen) && !isJson && !quiet ? new LiveDisplay(screen) : undefined
  const paint = paintFor(screen)
  let state: ProgressState = startOfProgress(0, 0)
  let steady: SteadyTime | undefined
  let begun = false
  let shown = false
  let run: unknown

  const change = (next: (state: ProgressState) => Partial<ProgressState>) =>
    Effect.sync(() => {
      state = { ...state, ...next(state) }
    })
  const changeDay = (date: string, next: (day: DayInFlight) => DayInFlight) =>
    change(({ inFlight }) => {
      const day = inFlight.get(date) ?? { pages: 0, of: undefined }
      return { inFlight: new Map([...inFlight, [date, next(day)]]) }
    })
  const show = (now: number) => {
    if (!shown) return
    const estimate = timeLeft(state, now)
    if (estimate !== undefined) steady = steadyTime(steady, estimate, now)
    const left = steady === undefined ? undefined : leftInWords(steady, now)
    if (display === undefined) {
      const message = progressLine(state, now, left)
      screen.write(`${isJson ? jsonLine(now, { level: "info", message, run }) : message}\n`)
    } else display.show(progressPicture(state, now, { left, columns: display.columns, paint }))
  }
  const tick = Effect.gen(function* () {
    const pause =
      display === undefined ? nextLineAfter((yield* Clock.currentTimeMillis) - state.startedAt) : pictureEvery
    yield* Effect.sleep(pause)
    show(yield* Clock.currentTimeMillis)
  })
  const write = (line: string) =>
    Effect.sync(() => {
      if (display !== undefined && shown) display.say(line)
      else screen.write(`${line}\n`)
    })
  const end = Effect.sync(() => {
    if (shown) display?.end()
    shown = false
  })
  yield* Effect.addFinalizer(() => end)
  const drawing = quiet ? Effect.void : Effect.forever(tick)
  const scope = yield* Effect.scope

  return Progress.of({
    begin: (days) =>
      Effect.gen(function* () {
        run = (yield* References.CurrentLogAnnotations)["run"]
        state = startOfProgress(days, yield* Clock.currentTimeMillis)
        steady = undefined
        shown = true
        if (!begun) yield* Effect.forkIn(drawing, scope)
        begun = true
      }),
    dayStarted: (date) => changeDay(date, (day) => day),
    pageCame: (date, of) => changeDay(date, (day) => ({ pages: day.pages + 1, of: of ?? day.of })),
    rowsCame: (rows) => change((before) => ({ rows: before.rows + rows })),
    dayEnded: (date) =>
      change(({ doneDays, inFlight }) => ({
        doneDays: doneDays + 1,
        inFlight: new Map([...inFlight].filter(([other]) => other !== date)),
      })),
    asked: (stats) => change(() => stats),
    say: write,
    problem: (line) =>
      Effect.andThen(
        change(({ problems }) => ({ problems: problems + 1 })),
        write(display === undefined ? line : paint("warning", wrapLines(line, display.columns))),
      ),
    end,
  })
})
