/**
 * What every command runs in that people leave alone while it works: a place for what there is to say meanwhile, and a span
 * over all of it, which goes to OpenTelemetry where the environment says so. Nothing of that is loaded where it does not.
 */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { logLayer } from "./logLayer.ts"
import { Progress } from "./Progress.ts"

/** Any of these, not empty, says that there is a collector to send to. */
const endpoints = ["", "TRACES_", "METRICS_", "LOGS_"].map((signal) =>
  Config.String(`OTEL_EXPORTER_OTLP_${signal}ENDPOINT`).pipe(Config.withDefault("")),
)

/**
 * @param command its name, an attribute of the span `run`
 * @param flags those of the command; with `quiet` no progress is shown
 */
export const observed =
  (command: string) =>
  <A, E, R>(body: Effect.Effect<A, E, R>, flags: object) =>
    Effect.gen(function* () {
      const run = Effect.withSpan(body, "run", { attributes: { command } })
      const found = yield* Config.all(endpoints)
      if (found.every((endpoint) => endpoint.trim() === "")) return yield* run
      const { withTelemetry } = yield* Effect.promise(() => import("./withTelemetry.ts"))
      return yield* withTelemetry(run)
    }).pipe(
      Effect.provide(
        logLayer.pipe(Layer.provideMerge(isQuiet(flags) ? Progress.quietLayer : Progress.layer)),
      ),
    )

const isQuiet = (flags: object): boolean => "quiet" in flags && flags.quiet === true
