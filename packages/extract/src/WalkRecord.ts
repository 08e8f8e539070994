/**
 * How far walks over several pages get in this run. A list that moves, or that holds twins, breaks long walks again and
 * again, and each broken one costs requests that prove nothing: so a length that failed is halved, and grows again slowly,
 * since lists that move come to rest.
 */
export class WalkRecord {
  private limit = Number.POSITIVE_INFINITY

  /** Whether a walk over so many pages is worth trying. */
  isWorthTrying(pages: number): boolean {
    if (pages <= this.limit) return true
    this.limit *= 1.02
    return false
  }

  proved(pages: number): void {
    this.limit = Math.max(this.limit, 2 * pages)
  }

  failed(pages: number): void {
    this.limit = Math.max(1, Math.min(this.limit, pages / 2))
  }
}
