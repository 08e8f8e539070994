/** What the reading of a slice needs of its surroundings, and what it gives them: the seam between the loop and the day. */
import type * as Effect from "effect/Effect"
import type { Proof } from "@vodstation-etl/core/Reading"
import type { ReadPage } from "./ReadPage.ts"
import type { Slice } from "./Slice.ts"
import type { WalkRecord } from "./WalkRecord.ts"
import type { TotalVerdict } from "./checkTotal.ts"

/** A slice that is proven, with all of its rows; with the weak proof `count` they may be fewer than the total says. */
export interface ProvenSlice {
  readonly slice: Slice
  readonly proof: Proof
  readonly total: number
  readonly pages: ReadonlyArray<ReadPage>
}

/** What the loop needs of its surroundings: the pages, and a place for what it has proven. */
export interface SliceSource<E, R> {
  readonly workDate: string
  /** Page `pageNo` of the slice; undefined where the gateway says that there is no such page. */
  readonly askPage: (slice: Slice, pageNo: number) => Effect.Effect<ReadPage | undefined, E, R>
  /** How many rows the slice holds by now. */
  readonly askTotal: (slice: Slice) => Effect.Effect<number, E, R>
  /** The size of a full page, as far as it is known by now. */
  readonly pageSize: () => number
  /** Whether a first page of so many rows, all that its total tells of, may be a full one, so that there may be more. */
  readonly mayBeFull: (rows: number) => boolean
  /** Whether the total of a slice is the truth, as far as windows within it tell. */
  readonly checkTotal: (slice: Slice, total: number) => Effect.Effect<TotalVerdict, E, R>
  /** Tells the size of a full page once a page was cut short by the gateway's cap. */
  readonly learnPageSize: (served: number) => void
  readonly emit: (proven: ProvenSlice) => Effect.Effect<void, E, R>
  /** Parts of the slice that are expected to hold at most `capacity` rows each, at least two. */
  readonly cut: (slice: Slice, total: number, capacity: number) => ReadonlyArray<Slice>
  readonly halve: (slice: Slice) => readonly [Slice, Slice]
  readonly isCuttable: (slice: Slice) => boolean
  /** Finds out how the rows of the slice are spread, as far as that is worth its requests, for cuts to come. */
  readonly survey: (slice: Slice, pages: number) => Effect.Effect<void, E, R>
  /** Tells what a page past the end held: undefined where it was refused. */
  readonly sawPastTheEnd: (page: ReadPage | undefined) => void
  /** How far walks get. */
  readonly walks: WalkRecord
  /** Bounds how many walks hold their rows at the same time. */
  readonly holdingRows: <A, E2, R2>(walk: Effect.Effect<A, E2, R2>) => Effect.Effect<A, E2, R2>
  /** Requests under way at once. */
  readonly concurrency: number
  /** The most rows that one walk may hold. */
  readonly rowLimit: number
  /** How often a slice that cannot be cut is tried. */
  readonly tries: number
}
