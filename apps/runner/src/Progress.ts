/**
 * Shows how far a run is, on standard error: one calm display where a terminal is, a quiet line now and then where none
 * is (a JSON object with `--log-format json`). The work tells what happens; only this file knows what it looks like.
 */
import { createLogUpdate } from "log-update"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { jsonLine } from "./jsonLine.ts"
import { LogFormat } from "./LogFormat.ts"
import type { ProgressState } from "./ProgressState.ts"
import { progressLine, progressPicture, startOfProgress } from "./ProgressState.ts"

export class Progress extends Context.Service<
  Progress,
  {
    /** So many days are about to be read. */
    readonly begin: (days: number) => Effect.Effect<void>
    readonly dayStarted: (date: string) => Effect.Effect<void>
    readonly rowsCame: (date: string, rows: number) => Effect.Effect<void>
    readonly dayEnded: (date: string, failed: boolean) => Effect.Effect<void>
    readonly asked: (stats: { readonly requests: number; readonly retries: number }) => Effect.Effect<void>
    /** A line that stays, as it is; for what there is to say, log it. */
    readonly say: (line: string) => Effect.Effect<void>
    /** Takes the display away. */
    readonly end: Effect.Effect<void>
  }
>()("@vodstation-etl/runner/Progress") {
  static readonly layer = Layer.effect(
    Progress,
    Effect.suspend(() => makeProgress(process.stderr)),
  )
}

/** What a screen needs to be able to do; `process.stderr` can. */
export interface Screen extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
}

const pictureEvery = "100 millis"
const lineEvery = "10 seconds"

export const makeProgress = Effect.fnUntraced(function* (screen: Screen) {
  const isJson = (yield* LogFormat) === "json"
  const live = screen.isTTY === true && !isJson
  const display = live ? createLogUpdate(screen) : undefined
  let state: ProgressState = startOfProgress(0, 0)
  let shown = false
  let run: unknown

  const change = (next: Partial<ProgressState>) =>
    Effect.sync(() => {
      state = { ...state, ...next }
    })
  const show = Clock.currentTimeMillis.pipe(
    Effect.map((now) => {
      if (!shown) return
      if (display !== undefined) display(progressPicture(state, now, screen.columns ?? 80))
      else if (now > state.startedAt) {
        const message = progressLine(state, now)
        screen.write(`${isJson ? jsonLine(now, { level: "info", message, run }) : message}\n`)
      }
    }),
  )
  yield* Effect.forkScoped(
    Effect.forever(Effect.andThen(Effect.sleep(live ? pictureEvery : lineEvery), show)),
  )
  const end = Effect.sync(() => {
    if (shown) display?.clear()
    shown = false
  })
  yield* Effect.addFinalizer(() => end)

  return Progress.of({
    begin: (days) =>
      Effect.gen(function* () {
        run = (yield* References.CurrentLogAnnotations)["run"]
        state = startOfProgress(days, yield* Clock.currentTimeMillis)
        shown = true
      }),
    dayStarted: (date) => Effect.suspend(() => change({ inFlight: new Map([...state.inFlight, [date, 0]]) })),
    rowsCame: (date, rows) =>
      Effect.suspend(() =>
        change({
          rows: state.rows + rows,
          inFlight: new Map([...state.inFlight, [date, (state.inFlight.get(date) ?? 0) + rows]]),
        }),
      ),
    dayEnded: (date, failed) =>
      Effect.suspend(() =>
        change({
          doneDays: state.doneDays + 1,
          failedDays: state.failedDays + Number(failed),
          inFlight: new Map([...state.inFlight].filter(([other]) => other !== date)),
        }),
      ),
    asked: change,
    say: (line) =>
      Effect.sync(() => {
        if (display !== undefined && shown) display.persist(line)
        else screen.write(`${line}\n`)
      }),
    end,
  })
})
