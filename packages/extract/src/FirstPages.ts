/**
 * On which page each identity of a walk was seen first. A `Map` would do; but it makes an object of every number, which the
 * collector of garbage then copies and marks as long as the walk lasts. So it is a table of its own with open addressing, at
 * least twice as large as what it holds.
 */

/** A power of two, as are all of its sizes. */
const leastPlaces = 16

export class FirstPages {
  /** How many different identities were seen. */
  size = 0
  private identities = new Float64Array(leastPlaces)
  /** 0 where no identity stands. */
  private pages = new Uint32Array(leastPlaces)

  /**
   * Gives the page on which the identity was seen first: this one, if it is new.
   *
   * @param identity an `identityHash`
   * @param pageNo from 1
   */
  see(identity: number, pageNo: number): number {
    const at = this.placeOf(identity)
    const first = this.pages[at]!
    if (first > 0) return first
    this.identities[at] = identity
    this.pages[at] = pageNo
    if (++this.size * 2 > this.pages.length) this.grow()
    return pageNo
  }

  /** Where the identity stands, or would. */
  private placeOf(identity: number): number {
    const last = this.pages.length - 1
    let at = identity & last
    while (this.pages[at]! > 0 && this.identities[at] !== identity) at = (at + 1) & last
    return at
  }

  private grow(): void {
    const { identities, pages } = this
    this.identities = new Float64Array(4 * pages.length)
    this.pages = new Uint32Array(4 * pages.length)
    pages.forEach((page, from) => {
      if (page === 0) return
      const at = this.placeOf(identities[from]!)
      this.identities[at] = identities[from]!
      this.pages[at] = page
    })
  }
}
