/** A quota that is spent: once that is known, nothing more is sent, whoever is waiting for their turn by then. */
import type { ServerResponse } from "node:http"
import { Effect, Result } from "effect"
import { expect, it } from "vitest"
import { Gateway } from "./Gateway.ts"
import {
  answerError,
  answerPage,
  firstPage,
  gatewayLayer,
  runTest,
  startScriptedGateway,
} from "./scriptedGateway.fixture.ts"

const quotaExceeded = { errorCode: "400", message: "Quota Exceeded" }

/** What the limit begins with. */
const atFirst = 4
const calls = 20

it.each([
  ["for a permit", {}],
  ["for a permit and for their turn", { rate: 100 }],
])("ends the calls that wait %s, or between two tries, without a request", (_, options) =>
  runTest(
    Effect.gen(function* () {
      const held: Array<ServerResponse> = []
      // All that may be under way have come before the first is answered.
      const server = yield* startScriptedGateway((asked, response) => {
        held.push(response)
        if (asked.count < atFirst) return
        if (asked.count > atFirst) return answerPage(response)
        const [spent, broken, ...others] = held as [ServerResponse, ServerResponse, ...Array<ServerResponse>]
        answerError(broken, 503, "", { "retry-after": "1" })
        answerError(spent, 429, quotaExceeded)
        setTimeout(() => others.forEach((other) => answerPage(other)), 50)
      })
      const ends = yield* Effect.gen(function* () {
        const gateway = yield* Gateway
        return yield* Effect.forEach(
          Array.from({ length: calls }, (_, index) => index + 1),
          (pageNo) => Effect.result(gateway.statusPage({ ...firstPage, pageNo })),
          { concurrency: "unbounded" },
        )
      }).pipe(Effect.provide(gatewayLayer(server.baseUrl, options)))
      expect(server.seen).toHaveLength(atFirst)
      const failures = ends.flatMap((end) => (Result.isFailure(end) ? [end.failure._tag] : []))
      expect(failures).toEqual(Array.from({ length: calls - (atFirst - 2) }, () => "QuotaSpent"))
    }),
  ),
)
