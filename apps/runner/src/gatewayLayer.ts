/** From what the user chose to the reader: credentials, gateway and day reader. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { BaseUrl } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { InvalidFlag } from "./InvalidFlag.ts"
import { parseResolution } from "./parseResolution.ts"

export interface ReadingChoice {
  readonly site: "public" | "gov" | "fin"
  readonly profile: Option.Option<string>
  readonly concurrency: number
  readonly pageSize: number
  readonly resolution: string
}

/** How long after its end a day may still gain rows. */
const settle = Duration.hours(1)

export const credentialsLayer = (choice: Pick<ReadingChoice, "profile">) =>
  Credentials.layer({ profile: Option.getOrUndefined(choice.profile) })

export const readerLayer = (choice: ReadingChoice, url: BaseUrl) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const resolution = parseResolution(choice.resolution)
      if (Result.isFailure(resolution)) {
        return yield* new InvalidFlag({
          flag: `--resolution ${choice.resolution}`,
          reason: resolution.failure,
        })
      }
      return DayReader.layer({
        pageSize: choice.pageSize,
        resolution: resolution.success,
        settle,
        concurrency: choice.concurrency,
      }).pipe(Layer.provideMerge(Gateway.layer({ baseUrl: url, concurrency: choice.concurrency })))
    }),
  )
