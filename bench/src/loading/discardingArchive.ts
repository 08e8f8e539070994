/** An archive that takes everything and keeps nothing: what is left of a run is its reading, and commits as long as one likes. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { noMergeCounts } from "@vodstation-etl/core/MergeCounts"
import { dayState } from "@vodstation-etl/core/Reading"
import { Archive } from "@vodstation-etl/load/Archive"

/** @param commit takes the time that the commit of a day shall take */
export const discardingArchive = (commit: Effect.Effect<void> = Effect.void) =>
  Layer.succeed(
    Archive,
    Archive.of({
      place: "nowhere",
      timeZone: "Asia/Seoul",
      ledger: () => Effect.succeed([]),
      stageDay: () =>
        Effect.succeed({
          add: () => Effect.void,
          commit: (reading) =>
            Effect.as(commit, {
              _tag: "Merged",
              counts: noMergeCounts,
              state: dayState(reading, true),
              shrunk: null,
            } as const),
        }),
      recordFailure: () => Effect.void,
      reopen: () => Effect.void,
      openEncodings: () => Effect.succeed([]),
      rejectReasons: Effect.succeed([]),
      anomalies: () => Effect.succeed([]),
      sizes: Effect.succeed([]),
      rowCounts: () => Effect.succeed([]),
      heldDates: Effect.succeed([]),
      lookAtDay: () => Effect.succeed({ rejects: [], damage: null }),
      facts: Effect.succeed({}),
      keepFacts: () => Effect.void,
      startRun: () => Effect.void,
      finishRun: () => Effect.void,
      runs: () => Effect.succeed([]),
      prepare: () => Effect.void,
    }),
  )
