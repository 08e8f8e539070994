/**
 * How many rows a page holds. The API documents no maximum, and a gateway may cap the size silently or refuse it
 * (API facts, 1.2): what is asked for and what comes back are two things, and only the answers tell.
 */
export class PageSize {
  private size: number
  private cap: number | undefined
  private accepted = false

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

  /** An answer of this size came: a later refusal has another reason than the size. */
  accept(): void {
    this.accepted = true
  }

  /**
   * A request for pages of `asked` rows was refused. Whether it is worth asking again: for half as much, down to the
   * documented minimum of 10, or for what another request has found by now.
   */
  refuse(asked: number): boolean {
    if (asked !== this.size) return true
    if (this.accepted || asked <= 10) return false
    this.size = Math.max(10, Math.floor(asked / 2))
    return true
  }
}
