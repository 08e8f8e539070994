/** What the foot of every page tells. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { PageOrigin } from "@vodstation-etl/report/PageOrigin"
import { version } from "../version.ts"

export const pageOrigin = Effect.gen(function* () {
  const { place, timeZone } = yield* ArchiveQuery
  const origin: PageOrigin = {
    program: `vodstation-etl ${version}`,
    archive: place,
    timeZone,
    madeAt: yield* Clock.currentTimeMillis,
  }
  return origin
})
