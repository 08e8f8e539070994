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
import type { DayShrunk } from "@vodstation-etl/core/DayShrunk"
import type { Encoding, Reject, StoredEncoding } from "@vodstation-etl/core/Encoding"
import type { MergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { HeldState } from "@vodstation-etl/core/checkStates"
import type { StoredReject } from "@vodstation-etl/core/mergeRejects"
import type { LedgerDay, Reading } from "@vodstation-etl/core/Reading"
import type { RunEnd, RunRecord, RunStart } from "@vodstation-etl/core/RunRecord"
import type { ArchiveError } from "./ArchiveError.ts"
import type { ReasonCount } from "./ReasonCount.ts"

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
      /**
       * Not null: so much of the day has gone that the reading was merged as a weak one, which marks and withdraws nothing,
       * until the reading of a later run agrees with it. The day stays open, and the ledger's error says so.
       */
      readonly shrunk: DayShrunk | null
    }
  /** The archive holds a later reading of the day: this one was dropped whole. */
  | { readonly _tag: "Outdated" }

/** What the archive holds of a work day, counted from the rows themselves and not from the ledger. */
export interface DayRowCounts {
  readonly workDate: string
  /** Rows that the API still shows, as far as the archive knows. */
  readonly present: number
  /** Rows that the API has forgotten. */
  readonly missing: number
  /** Rows that could not be understood: the sum of their `count`. */
  readonly rejected: number
}

/** What the archive holds of a work day besides its states. */
export interface HeldDay {
  readonly rejects: ReadonlyArray<StoredReject>
  /** Not null: the day's files cannot be read as the archive writes them, and this is why; nothing else told of it counts. */
  readonly damage: string | null
}

/** A part of the archive, and what it takes of the disk, indexes included. */
export interface SizeOnDisk {
  /** A table or a folder: `encoding`; what is neither is `other`. */
  readonly part: string
  readonly bytes: number
}

/** A stored row that is not terminal, with its work day. */
export interface OpenEncoding extends StoredEncoding {
  readonly workDate: string
}

export interface StageOptions {
  /**
   * `always`: the commit compares every row even where the digest says that nothing has changed, so that what somebody
   * changed or deleted in the archive by hand is put right (`audit --repair`).
   */
  readonly compare?: "always" | undefined
}

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
      options?: StageOptions,
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
    /** Closed days of the ledger become open, so that they are read again; others are left as they are. In one step. */
    readonly reopen: (workDates: ReadonlyArray<string>) => Effect.Effect<void, ArchiveError>
    /**
     * Stored rows that are not terminal, nor forgotten by the API, of work days before that date: what is stuck. Oldest day
     * first, then by key, at most `limit`. Closed days are not looked at: every row of theirs was terminal.
     */
    readonly openEncodings: (query: {
      readonly before: string
      readonly limit: number
    }) => Effect.Effect<ReadonlyArray<OpenEncoding>, ArchiveError>
    /** Why rows could not be understood, over all work days; of most rows first. */
    readonly rejectReasons: Effect.Effect<ReadonlyArray<ReasonCount>, ArchiveError>
    /** The anomalies of rows of work days from that date on; of most rows first. A row with two of them counts for both. */
    readonly anomalies: (from: string) => Effect.Effect<ReadonlyArray<ReasonCount>, ArchiveError>
    /** Largest part first; empty for an archive that does not exist yet. */
    readonly sizes: Effect.Effect<ReadonlyArray<SizeOnDisk>, ArchiveError>
    /** Of the work days of [from, before) that hold anything, ordered by date. */
    readonly rowCounts: (range: {
      readonly from: string
      readonly before: string
    }) => Effect.Effect<ReadonlyArray<DayRowCounts>, ArchiveError>
    /** Work days of which the archive holds anything: ledger, rows, history or rejects. Ordered by date. */
    readonly heldDates: Effect.Effect<ReadonlyArray<string>, ArchiveError>
    /**
     * Looks at all that the archive holds of one work day, at one moment: `see` is given its states, present and past, some
     * at a time, by key. Within a key they come in any order.
     */
    readonly lookAtDay: (
      workDate: string,
      see: (states: ReadonlyArray<HeldState>) => void,
    ) => Effect.Effect<HeldDay, ArchiveError>
    /** What was found out about the API for this archive, by name. Empty for an archive that does not exist yet. */
    readonly facts: Effect.Effect<Readonly<Record<string, string>>, ArchiveError>
    /** Sets facts, and forgets those that are null, in one step; others stay. */
    readonly keepFacts: (facts: Readonly<Record<string, string | null>>) => Effect.Effect<void, ArchiveError>
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
     * runs. `prepare` must come before whatever writes: `startRun`, `finishRun`, `stageDay`, `recordFailure`, `reopen` and
     * `keepFacts`.
     */
    readonly prepare: (host: string) => Effect.Effect<void, ArchiveError>
  }
>()("@vodstation-etl/load/Archive") {}
