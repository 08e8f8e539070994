/**
 * Three ways to read the days of a list: paging until an empty page, paging with the totals checked, and ours. Each asks for
 * one page after the other, so that the simulator's seed alone decides what every request meets.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { dayState } from "@vodstation-etl/core/Reading"
import { parseBaseUrl } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import type { Row, TimeWindow } from "../../peers/StatusClient.ts"
import { StatusClient } from "../../peers/StatusClient.ts"
import { pageUntilEmpty } from "../../peers/pageUntilEmpty.ts"
import { pageWithTotals } from "../../peers/pageWithTotals.ts"
import type { DayResult } from "./DayResult.ts"
import type { World } from "./Scenario.ts"
import { pageSize } from "./Scenario.ts"

export interface Reader {
  readonly title: string
  /** A result for each day of the world. */
  readonly read: (world: World) => Effect.Effect<ReadonlyArray<DayResult>>
}

type PageDay = (client: StatusClient, day: TimeWindow, pageSize: number) => Promise<ReadonlyArray<Row>>

const gaveUp: DayResult = { verdict: "failed", encodings: [] }

const paging =
  (pageDay: PageDay): Reader["read"] =>
  ({ gateway, days }) =>
    Effect.acquireUseRelease(
      Effect.sync(() => new StatusClient(gateway.baseUrl, gateway)),
      (client) =>
        Effect.forEach(days, ({ start, end }) =>
          Effect.tryPromise(() => pageDay(client, { from: start, before: end }, pageSize)).pipe(
            Effect.match({
              onSuccess: (rows): DayResult => ({
                verdict: "complete",
                encodings: rows.map((row) => String(row["categoryName"])),
              }),
              onFailure: () => gaveUp,
            }),
          ),
        ),
      (client) => Effect.promise(() => client.close()),
    )

const readOurs: Reader["read"] = ({ gateway, days }) =>
  Effect.gen(function* () {
    const reader = yield* DayReader
    return yield* Effect.forEach(days, (day) => {
      const encodings: Array<string> = []
      return reader
        .read(day, {
          take: (rows) => Effect.sync(() => rows.forEach((row) => encodings.push(`${row.categoryName}`))),
        })
        .pipe(
          Effect.match({
            onSuccess: (reading): DayResult => ({
              // The days of one world join: their seams are tried elsewhere.
              verdict: dayState({ ...reading, seamsHold: true }, true) === "closed" ? "complete" : "open",
              encodings,
            }),
            onFailure: () => gaveUp,
          }),
        )
    })
  }).pipe(Effect.provide(ourLayers(gateway)))

const ourLayers = (gateway: World["gateway"]) =>
  Layer.unwrap(
    Effect.map(Effect.orDie(Effect.fromResult(parseBaseUrl(gateway.baseUrl))), (baseUrl) =>
      DayReader.layer({ resolution: undefined, settle: Duration.hours(1), concurrency: 1 }).pipe(
        Layer.provide(StatusList.layer({ pageSize })),
        Layer.provide(Gateway.layer({ baseUrl, concurrency: 1 })),
        Layer.provide(
          Layer.succeed(Credentials, {
            load: Effect.succeed({
              accessKey: Redacted.make(gateway.accessKey),
              secretKey: Redacted.make(gateway.secretKey),
              source: "the simulator",
            }),
          }),
        ),
      ),
    ),
  )

export const naive: Reader = { title: "pages until an empty one", read: paging(pageUntilEmpty) }
export const careful: Reader = { title: "pages, totals checked", read: paging(pageWithTotals) }
export const ours: Reader = { title: "vodstation-etl", read: readOurs }
