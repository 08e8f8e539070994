/** From what the user chose to the reader: credentials, gateway and day reader. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { BaseUrl, Site } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { proxyFor } from "@vodstation-etl/extract/Proxy"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { InvalidFlag, InvalidSetting } from "./InvalidFlag.ts"
import { parseResolution } from "./parseResolution.ts"
import { keepPagesYoung } from "./keepPagesYoung.ts"
import { parseSettle } from "./parseSettle.ts"

export interface ReadingChoice {
  /** What the user asked for; undefined leaves it to the settings. */
  readonly site: Site | undefined
  readonly profile: Option.Option<string>
  readonly concurrency: number
  /** The most requests in a second. */
  readonly rate?: number | undefined
  readonly pageSize: number
  readonly resolution: string
  /** How long after its end a day may still gain rows. */
  readonly settle: string
}

/** How a run reads, as the archive's record of it says. */
export const readingOptions = ({ resolution, pageSize, concurrency, rate, settle }: ReadingChoice) => ({
  resolution,
  pageSize,
  concurrency,
  settle,
  ...(rate === undefined ? {} : { rate }),
})

const credentialsLayer = (choice: Pick<ReadingChoice, "profile">) =>
  Credentials.layer({ profile: Option.getOrUndefined(choice.profile) })

export const readerLayer = (choice: ReadingChoice, url: BaseUrl) =>
  Layer.unwrap(
    Effect.gen(function* () {
      keepPagesYoung()
      const proxy = yield* proxyFor(url).pipe(
        Effect.mapError(({ setting, reason }) => new InvalidSetting({ setting, reason })),
      )
      return DayReader.layer({
        resolution: yield* resolutionOf(choice),
        settle: yield* settleOf(choice),
        concurrency: choice.concurrency,
      }).pipe(
        Layer.provideMerge(StatusList.layer({ pageSize: choice.pageSize })),
        Layer.provideMerge(
          Gateway.layer({ baseUrl: url, proxy, concurrency: choice.concurrency, rate: choice.rate }),
        ),
      )
    }),
  )

/** What a command stands on that asks the gateway: the reader, with the user's credentials. */
export const askingLayer = (choice: ReadingChoice, url: BaseUrl) =>
  readerLayer(choice, url).pipe(Layer.provideMerge(credentialsLayer(choice)))

/** The width of the cells that was asked for, ms; undefined for the whole day. */
export const resolutionOf = ({ resolution }: Pick<ReadingChoice, "resolution">) =>
  Effect.fromResult(
    Result.mapError(
      parseResolution(resolution),
      (reason) => new InvalidFlag({ flag: `--resolution ${resolution}`, reason }),
    ),
  )

/** The settling time that was asked for. */
export const settleOf = ({ settle }: Pick<ReadingChoice, "settle">) =>
  Effect.fromResult(
    Result.mapError(parseSettle(settle), (reason) => new InvalidFlag({ flag: `--settle ${settle}`, reason })),
  )
