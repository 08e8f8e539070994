/**
 * When a slice counts as read completely, and what to do when it does not: pure decisions over what was seen, driven by
 * the loop in `readSlice.ts`.
 *
 * The list has no cursor and moves while it is read, so that offset pages alone prove nothing. Two things do (design,
 * "Proving a slice"):
 *
 * - `single-page`: one answer is one moment. If it holds as many rows as its total says, nothing can have shifted.
 * - `pigeonhole`: every page said the same total T, T rows came, and no two on different pages are alike. Then they are T
 *   different rows, and there are no more than T.
 *
 * A page filled to the brim proves nothing by itself, since a total that saturates at the page size would look the same:
 * the page after it must hold nothing new. Any page may be such a one as long as neither the cap of pages is known nor a larger
 * total was ever told.
 */
import type { Proof } from "@vodstation-etl/core/Reading"
import { FirstPages } from "./FirstPages.ts"
import { smallestPage } from "./PageSize.ts"

/** What a page shows that matters for the proof. */
export interface SeenPage {
  readonly total: number
  /** How many rows it holds, rejects included. */
  readonly rowCount: number
  /** `identityHash` of the rows, in any order; two equal ones on one page are two rows. Most pages are proven without. */
  readonly identities: () => ArrayLike<number>
  /** Fingerprints of the rows without an identity: two of one text may or may not be one row. */
  readonly rejects: ReadonlyArray<string>
  /** The same for two pages of the same rows, with all that they hold, in any order. */
  readonly digest: () => string
}

/** What page 1 of a slice says is to be done next. */
export type FirstPageVerdict =
  | { readonly _tag: "Proven"; readonly proof: Proof }
  /** All rows are here, but the page is full: the page after it must hold nothing new. */
  | { readonly _tag: "LookPastEnd" }
  /** There are more pages, `lastPage` in all, of `served` rows each. */
  | { readonly _tag: "Walk"; readonly served: number; readonly lastPage: number }
  /** The page contradicts itself. */
  | { readonly _tag: "Contradiction"; readonly sign: string }

/**
 * @param mayBeFull whether a page of so many rows may be one that the gateway has cut, at the size asked for or at a cap of its
 *   own, known or not (it may cap pages silently; API facts, 1.2)
 */
export const judgeFirstPage = (page: SeenPage, mayBeFull: (rows: number) => boolean): FirstPageVerdict => {
  const rows = page.rowCount
  if (rows > page.total) {
    return { _tag: "Contradiction", sign: `a page of ${rows} rows said that there are ${page.total} in all` }
  }
  if (rows === page.total) {
    return mayBeFull(rows) ? { _tag: "LookPastEnd" } : { _tag: "Proven", proof: "single-page" }
  }
  if (rows === 0) {
    return { _tag: "Contradiction", sign: `page 1 was empty and said that there are ${page.total} rows` }
  }
  return { _tag: "Walk", served: rows, lastPage: Math.ceil(page.total / rows) }
}

/** A walk over the pages of one slice: what was seen so far, and the first sign that it will not prove. */
export class Walk {
  readonly total: number
  readonly served: number
  readonly lastPage: number
  private readonly firstPages = new FirstPages()
  private readonly rejects = new Set<string>()
  private readonly seen: Array<SeenPage> = []
  private rows = 0
  private alike = 0
  private unclearPastEnd = false

  constructor(total: number, served: number) {
    this.total = total
    this.served = served
    this.lastPage = Math.ceil(total / served)
  }

  /** Takes a page in, each once and in any order; returns a sign that ends the walk, if the page is one. */
  see(pageNo: number, page: SeenPage): string | undefined {
    if (page.total !== this.total) return `the total changed from ${this.total} to ${page.total}`
    const expected = Math.min(this.served, this.total - this.served * (pageNo - 1))
    const rows = page.rowCount
    if (rows !== expected) return `page ${pageNo} held ${rows} rows, not ${expected}`
    this.seen.push(page)
    this.rows += rows
    for (const fingerprint of page.rejects) this.rejects.add(fingerprint)
    const identities = page.identities()
    for (let row = 0; row < identities.length; row++) {
      if (this.firstPages.see(identities[row]!, pageNo) !== pageNo) this.alike++
    }
    return undefined
  }

  /** Why the pages seen so far can no longer be told to be different rows; undefined while they can. */
  get doubt(): string | undefined {
    if (this.alike > 0) return `${this.alike} rows of ${this.rows} were alike with one on another page`
    if (this.rejects.size > 0) return `${this.rejects.size} rows have no identity to tell them apart by`
    if (this.unclearPastEnd)
      return "the page past the end held rows that cannot be told from those on another page"
    return undefined
  }

  /**
   * Whether a page of ten rows or more, no two alike, was shown twice: by a gateway that does not look at the number of a page,
   * since so many files are not encoded twice with one result to the last column.
   */
  hasRepeatedPage(): boolean {
    const different = this.seen.filter(
      ({ rowCount, identities }) =>
        rowCount >= smallestPage && new Set(Array.from(identities())).size === rowCount,
    )
    return new Set(different.map((page) => page.digest())).size < different.length
  }

  /** What was seen until now, for people. */
  get progress(): string {
    return `${this.seen.length} of ${this.lastPage} pages had shown ${this.rows} rows of ${this.total}, ${this.firstPages.size} of them different`
  }

  /** Whether the last page is full, so that the page after it must be looked at. */
  get endsAtBrim(): boolean {
    return this.total % this.served === 0
  }

  /**
   * Takes in the page past the end, which may be refused (undefined), be empty, or repeat an earlier page, row by row; returns a
   * sign that ends the walk, if it is none of these. Of a page on which rows are alike it cannot be told whether it repeats
   * another one or goes on with more of the same: blank paths in a bulk upload.
   */
  seePastEnd(page: SeenPage | undefined): string | undefined {
    if (page === undefined) return undefined
    // A total that is counted from the rows of the page's own query is 0 where there are none.
    if (page.rowCount === 0 && page.total === 0) return undefined
    if (page.total !== this.total) return `the total changed from ${this.total} to ${page.total}`
    if (page.rowCount === 0) return undefined
    const digest = page.digest()
    const repeats = this.seen.some((seen) => seen.rowCount === page.rowCount && seen.digest() === digest)
    if (!repeats) return "the page past the end held further rows"
    this.unclearPastEnd = new Set(Array.from(page.identities())).size < page.rowCount
    return undefined
  }

  /** Whether the page past the end may have held further rows. */
  get mayGoOn(): boolean {
    return this.unclearPastEnd
  }

  /** The proof once every page was seen without a sign: `pigeonhole`, or the weak `count` where there is a doubt. */
  get proof(): Proof {
    return this.doubt === undefined ? "pigeonhole" : "count"
  }
}

const strength: Record<Proof, number> = { count: 0, pigeonhole: 1, "single-page": 2 }

/** The weaker of two proofs: that of a day is the weakest of its slices. */
export const weakerProof = (a: Proof, b: Proof): Proof => (strength[a] <= strength[b] ? a : b)
