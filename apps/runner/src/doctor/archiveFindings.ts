/** What is told of an archive, whichever kind it is of. */
import * as Effect from "effect/Effect"
import type { ArchiveError } from "@vodstation-etl/load/ArchiveError"
import { Archive } from "@vodstation-etl/load/Archive"
import type { Check } from "./Check.ts"
import { ok } from "./Check.ts"

export interface ArchiveFindings {
  readonly checks: ReadonlyArray<Check>
  /** What it remembers of the gateway. */
  readonly facts: Readonly<Record<string, string>>
}

export const noFacts: ArchiveFindings["facts"] = {}

/** @param name how it goes by in this line */
export const archiveCheck = (name: string): Effect.Effect<Check, ArchiveError, Archive> =>
  Effect.gen(function* () {
    const archive = yield* Archive
    const ledger = yield* archive.ledger()
    const [first, last] = [ledger[0]?.workDate, ledger.at(-1)?.workDate]
    return ok(
      "archive",
      first === undefined
        ? `${name} holds nothing yet; its days are those of ${archive.timeZone}`
        : `${name} holds ${ledger.length} ${ledger.length === 1 ? "day" : "days"} of ${archive.timeZone}, ${first} to ${last}`,
    )
  })
