/**
 * The archive that snapshots are merged into, with its ledger. There are two makers of this service:
 * `postgres/PostgresArchive.ts` and `csv/CsvArchive.ts`, which follow the same rules (core, `mergeIdentity`).
 *
 * A day is loaded by staging it: `stageDay` opens a staging area that lives as long as its scope, `add` fills it slice by
 * slice while the day is still being read, and `commit` merges it, with its ledger row, in one step. A scope that closes
 * without a commit leaves no trace.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { MergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { LedgerDay, Reading } from "@vodstation-etl/core/Reading"
import type { RunEnd, RunRecord, RunStart } from "@vodstation-etl/core/RunRecord"
import type { ArchiveError } from "./ArchiveError.ts"

export interface StagedDay {
  /** Adds rows of one proven slice. The rows may be sorted in place and must not be used afterwards. */
  readonly add: (rows: Array<Encoding>, rejects: ReadonlyArray<Reject>) => Effect.Effect<void, ArchiveError>
  /** Merges what was added, and the ledger row, in one step. Once. */
  readonly commit: (reading: Reading) => Effect.Effect<DayCommit, ArchiveError>
}

export type DayCommit =
  | {
      readonly _tag: "Merged"
      readonly counts: MergeCounts
      /** What the ledger says of the day from now on. */
      readonly state: "open" | "closed"
    }
  /** The archive holds a later reading of the day: this one was dropped whole. */
  | { readonly _tag: "Outdated" }

export class Archive extends Context.Service<
  Archive,
  {
    /** Where the archive is, for messages: no secret in it. */
    readonly place: string
    /** The work day's time zone, fixed when the archive was made. */
    readonly timeZone: string
    /** Days of the ledger, ordered by date; with a range those of [from, before). */
    readonly ledger: (range?: {
      readonly from: string
      readonly before: string
    }) => Effect.Effect<ReadonlyArray<LedgerDay>, ArchiveError>
    readonly stageDay: (
      workDate: string,
      run: { readonly runId: string },
    ) => Effect.Effect<StagedDay, ArchiveError, Scope.Scope>
    /**
     * Records that an attempt to read a day failed: sets the ledger's `error`, and nothing else of a day that was loaded
     * before; a day that was never loaded gets the state `failed`.
     */
    readonly recordFailure: (
      workDate: string,
      run: { readonly runId: string },
      error: string,
    ) => Effect.Effect<void, ArchiveError>
    readonly startRun: (run: RunStart) => Effect.Effect<void, ArchiveError>
    readonly finishRun: (runId: string, end: RunEnd) => Effect.Effect<void, ArchiveError>
    /** The latest runs, newest first. */
    readonly runs: (limit: number) => Effect.Effect<ReadonlyArray<RunRecord>, ArchiveError>
    /**
     * Makes the archive ready to be written: creates it where there is none, upgrades an older one, and remembers the API
     * host (without a port) that it is filled from the first time. Fails with `ArchiveUnusable` for another host than the
     * remembered one, since two accounts or sites in one archive cannot be told apart.
     *
     * Opening an archive only looks: it refuses what cannot be used (unreachable, another time zone, made by a newer
     * program, held by another writer) and writes nothing; an archive that does not exist yet has an empty ledger and no
     * runs. `prepare` must come before `startRun`, `stageDay` and `recordFailure`.
     */
    readonly prepare: (host: string) => Effect.Effect<void, ArchiveError>
  }
>()("@vodstation-etl/load/Archive") {}
