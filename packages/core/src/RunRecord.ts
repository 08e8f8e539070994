/** A run as the archive records it: one invocation that reads and loads. */
import type { MergeCounts } from "./MergeCounts.ts"

export type Outcome = "complete" | "incomplete" | "failed" | "interrupted"

export interface RunStart {
  readonly runId: string
  readonly command: "backfill" | "nightly" | "audit" | "demo"
  /** Epoch ms. */
  readonly startedAt: number
  /** The flags it was given, by name. Holds no secret. */
  readonly options: Readonly<Record<string, string | number | boolean>>
  readonly version: string
}

export interface RunEnd {
  readonly finishedAt: number
  readonly outcome: Outcome
  readonly days: {
    readonly planned: number
    readonly skipped: number
    readonly closed: number
    readonly open: number
    readonly failed: number
  }
  readonly rows: MergeCounts & { readonly read: number; readonly rejected: number }
  readonly requests: number
  readonly retries: number
}

/** `end` is null while the run goes on, and for ever where it was killed. */
export interface RunRecord extends RunStart {
  readonly end: RunEnd | null
}
