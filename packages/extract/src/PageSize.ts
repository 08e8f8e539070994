/** The smallest page that the API documents (API facts, 1.2). */
export const smallestPage = 10

/**
 * How many rows a page holds. The API documents no maximum, and a gateway may cap the size silently or refuse it
 * (API facts, 1.2): what is asked for and what comes back are two things, and only the answers tell.
 */
export class PageSize {
  private size: number
  private cap: number | undefined
  private accepted = false
  private mostTold = 0
  private mostProven = 0

  constructor(size: number) {
    this.size = size
  }

  /** The size to ask for. */
  get asked(): number {
    return this.size
  }

  /** The size of a full page, as far as it is known. */
  get full(): number {
    return Math.min(this.size, this.cap ?? this.size)
  }

  /** The size of a page that was cut short by the gateway's cap, if one was. */
  get served(): number | undefined {
    return this.cap
  }

  /** A first page held `served` rows although there were more. */
  learn(served: number): void {
    this.cap = served
  }

  /** An answer said that its window holds so many rows. */
  told(total: number): void {
    this.mostTold = Math.max(this.mostTold, total)
  }

  /** A window was found to hold so many rows and no more. */
  proved(total: number): void {
    this.mostProven = Math.max(this.mostProven, total)
  }

  /** Whether a total may be one that the gateway never goes beyond, however many rows there are: no larger one was ever told. */
  mayBeCutTotal(total: number): boolean {
    return total >= smallestPage && total >= this.mostTold && total > this.mostProven
  }

  /**
   * Whether a page of so many rows, all that its total tells of, may be a full one: as full as pages are known to get, or cut at a
   * cap that is not known yet, by a gateway that never tells of more rows than that.
   */
  mayBeFull(rows: number): boolean {
    return rows >= this.full || this.mayBeCutTotal(rows)
  }

  /** An answer of this size came: a later refusal has another reason than the size. */
  accept(): void {
    this.accepted = true
  }

  /**
   * A request for pages of `asked` rows was refused. Whether it is worth asking again: for half as much, down to the
   * documented minimum, or for what another request has found by now.
   */
  refuse(asked: number): boolean {
    if (asked !== this.size) return true
    if (this.accepted || asked <= smallestPage) return false
    this.size = Math.max(smallestPage, Math.floor(asked / 2))
    return true
  }
}
