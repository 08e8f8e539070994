/**
 * Asks the gateway for anything at all, unsigned: that it answers, which way, and what its clock says, can be known without
 * credentials. What it answers does not matter; it is a refusal.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { BaseUrl } from "./baseUrl.ts"
import { GatewayClock } from "./GatewayClock.ts"
import type { NetworkFailed } from "./GatewayError.ts"
import type { Proxy } from "./Proxy.ts"
import { headerOf, makeTransport } from "./Transport.ts"

export interface MetGateway {
  /** This machine's clock - the gateway's, ms; 0 while the two agree within 2 s, undefined where it does not tell its time. */
  readonly aheadMs: number | undefined
  readonly tookMs: number
}

/** One request. */
export const meetGateway = Effect.fn("meetGateway")(function* (
  baseUrl: BaseUrl,
  proxy: Proxy | undefined,
  timeoutMs: number,
): Effect.fn.Return<MetGateway, NetworkFailed> {
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const transport = yield* makeTransport({ baseUrl, proxy, connections: 1, attemptTimeoutMs: timeoutMs })
      const sentAt = yield* Clock.currentTimeMillis
      const answer = yield* transport.get(`${baseUrl.pathPrefix}/api/v2/status`, {
        accept: "application/json",
      })
      const date = headerOf(answer, "date")
      const clock = new GatewayClock()
      clock.observe(date, sentAt, answer.receivedAt)
      return {
        aheadMs: date === undefined ? undefined : -clock.offset,
        tookMs: answer.receivedAt - sentAt,
      }
    }),
  )
})
