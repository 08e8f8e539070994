/** What tests that read from the simulator stand on: its keys, and the reader in front of it. */
import { Duration, Effect, Layer, Redacted } from "effect"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { parseBaseUrl } from "./baseUrl.ts"
import { Credentials } from "./Credentials.ts"
import type { DayReaderOptions } from "./DayReader.ts"
import { DayReader } from "./DayReader.ts"
import { Gateway } from "./Gateway.ts"
import type { StatusListOptions } from "./StatusList.ts"
import { StatusList } from "./StatusList.ts"

export const credentialsOf = (
  simulator: Pick<RunningSimulator, "accessKey" | "secretKey">,
): Layer.Layer<Credentials> =>
  Layer.succeed(
    Credentials,
    Credentials.of({
      load: Effect.succeed({
        accessKey: Redacted.make(simulator.accessKey),
        secretKey: Redacted.make(simulator.secretKey),
        source: "the simulator",
      }),
    }),
  )

/** A reader of the simulator, with all that it stands on; a day settles within an hour unless told otherwise. */
export const readerOf = (
  simulator: RunningSimulator,
  options: Partial<DayReaderOptions> & StatusListOptions & Pick<DayReaderOptions, "concurrency">,
) =>
  Layer.unwrap(
    Effect.map(Effect.fromResult(parseBaseUrl(simulator.baseUrl)), (baseUrl) =>
      DayReader.layer({ resolution: undefined, settle: Duration.hours(1), ...options }).pipe(
        Layer.provideMerge(StatusList.layer(options)),
        Layer.provideMerge(Gateway.layer({ baseUrl, concurrency: options.concurrency })),
        Layer.provide(credentialsOf(simulator)),
      ),
    ),
  )
