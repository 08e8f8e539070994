import { expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { runReadmeExample } from "@vodstation-etl/core/readmeExample.fixture"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"

it.live("the example of README.md does what it says", () =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({
      firstDay: "2025-09-01",
      days: 1,
      rowsPerDay: 2500,
      stuckShare: 0,
      twinShare: 0,
    })
    const { shown, typeErrors, stdout, stderr } = yield* Effect.promise(() =>
      runReadmeExample("extract", {
        VODSTATION_BASE_URL: simulator.baseUrl,
        NCLOUD_ACCESS_KEY_ID: simulator.accessKey,
        NCLOUD_SECRET_ACCESS_KEY: simulator.secretKey,
      }),
    )
    expect(typeErrors).toBe("")
    expect([stdout, stderr]).toEqual([shown, ""])
  }).pipe(Effect.scoped),
)
