/** For tests: many calls of a gateway at once, and what it warned of. */
import { Effect, Logger } from "effect"
import { Gateway } from "./Gateway.ts"
import { firstPage } from "./scriptedGateway.fixture.ts"

export const ask = Effect.gen(function* () {
  return yield* (yield* Gateway).statusPage(firstPage)
})

/** So many calls at once. */
export const askAtOnce = (calls: number) =>
  Effect.all(
    Array.from({ length: calls }, () => ask),
    { concurrency: "unbounded" },
  )

export const withWarnings = (warnings: Array<string>) =>
  Logger.layer([
    Logger.make(({ logLevel, message }) => {
      if (logLevel === "Warn") warnings.push(String(message))
    }),
  ])
