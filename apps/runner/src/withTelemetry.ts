/**
 * Sends traces, metrics and logs of a run to an OpenTelemetry collector, as the `OTEL_*` variables say. Loaded only where
 * they name one. Telemetry never changes how a run ends: a collector that is away, or hangs, costs it less than three
 * seconds at its end, and one line.
 */
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Otlp from "effect/observability/Otlp"
import { Flusher } from "effect/observability/OtlpExporter"
import * as OtlpSerialization from "effect/observability/OtlpSerialization"
import { OtlpDelivery } from "./OtlpDelivery.ts"
import { version } from "./version.ts"

/** For what is not sent yet when the run has ended. */
const lastWords = "2 seconds"
/** For requests under way after that, of each of the three kinds. */
const shutdownMs = 250

export const withTelemetry = <A, E, R>(run: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const delivery = new OtlpDelivery()
      const built = yield* Effect.exit(Layer.buildWithScope(exporters(delivery), scope))
      if (Exit.isFailure(built)) {
        yield* Scope.close(scope, Exit.void)
        // The reason may quote a header, and those are secret.
        yield* Effect.logWarning(
          "Nothing is sent to OpenTelemetry, since the OTEL_ variables cannot be understood; the run goes on. See docs/operations.md for their shapes.",
        )
        return yield* restore(run)
      }
      const exit = yield* Effect.exit(restore(Effect.provide(run, built.value)))
      const flusher = yield* Effect.provide(Flusher, built.value)
      yield* Effect.timeoutOption(Effect.interruptible(flusher.flush), lastWords)
      delivery.runHasEnded()
      yield* Scope.close(scope, exit)
      if (delivery.lost !== undefined) yield* Effect.logWarning(delivery.lost)
      return yield* exit
    }),
  )

const exporters = (delivery: OtlpDelivery) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const environment = yield* ConfigProvider.ConfigProvider
      const protocol = yield* Config.String("OTEL_EXPORTER_OTLP_PROTOCOL").pipe(
        Config.withDefault("http/json"),
      )
      const attributes = yield* Config.String("OTEL_RESOURCE_ATTRIBUTES").pipe(Config.withDefault(""))
      const settings = ConfigProvider.fromEnv({ env: always }).pipe(
        ConfigProvider.orElse(environment),
        ConfigProvider.orElse(
          ConfigProvider.fromEnv({ env: { ...unlessSet, ...(isNamedIn(attributes) ? {} : usualName) } }),
        ),
      )
      return Otlp.layerFromConfig({ resource: { serviceVersion: version } }).pipe(
        Layer.provide(
          protocol === "http/protobuf" ? OtlpSerialization.layerProtobuf : OtlpSerialization.layerJson,
        ),
        Layer.provide(
          Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, delivery.watch)).pipe(
            Layer.provide(FetchHttpClient.layer),
          ),
        ),
        Layer.provide(ConfigProvider.layer(settings)),
      )
    }),
  )

/** These mean how long the end may take, of which the run has the say. */
const always = Object.fromEntries(
  ["", "TRACES_", "METRICS_", "LOGS_"].map((signal) => [
    `OTEL_EXPORTER_OTLP_${signal}TIMEOUT`,
    String(shutdownMs),
  ]),
)

/** An endpoint alone is enough to send everything there. */
const unlessSet = {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_METRICS_EXPORTER: "otlp",
  OTEL_LOGS_EXPORTER: "otlp",
}

const usualName = { OTEL_SERVICE_NAME: "vodstation-etl" }

const isNamedIn = (attributes: string): boolean => /(^|,)\s*service\.name\s*=/.test(attributes)
