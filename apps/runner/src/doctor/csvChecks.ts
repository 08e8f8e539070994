/** The archive of CSV files: whether it could be written to now. Takes no lock and writes nothing. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { Archive } from "@vodstation-etl/load/Archive"
import type { ArchiveChoice } from "../archiveLayer.ts"
import { archiveLayer } from "../archiveLayer.ts"
import type { Settings } from "../Settings.ts"
import type { ArchiveFindings } from "./archiveFindings.ts"
import { archiveCheck, noFacts } from "./archiveFindings.ts"
import { failed, ok, within } from "./Check.ts"
import { freeSpaceCheck } from "./freeSpaceCheck.ts"

export const csvChecks = Effect.fn("csvChecks")(function* (
  choice: ArchiveChoice,
  settings: Settings,
  host: string | undefined,
): Effect.fn.Return<ArchiveFindings> {
  const folder = Option.getOrElse(choice.out, () => ".")
  const disk = yield* freeSpaceCheck("disk", folder, "the archive")
  const found = yield* within(
    Effect.gen(function* () {
      const archive = yield* Archive
      return { check: yield* archiveCheck("the folder"), facts: yield* archive.facts, place: archive.place }
    }).pipe(Effect.provide(archiveLayer(choice, settings, { access: "write", host }))),
    { seconds: 15, what: folder, cure: "Check the disk, or the share, that it lies on." },
  )
  if (Result.isFailure(found)) return { checks: [failed("folder", found.failure), disk], facts: noFacts }
  const { check, facts, place } = found.success
  return { checks: [ok("folder", `${place} can be written to, and nobody else does`), check, disk], facts }
})
