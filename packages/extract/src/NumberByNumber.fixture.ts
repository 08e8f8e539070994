/** Numbers by number, from 0, each worked out once: an array, since maps of millions of numbers take most of the time that they are asked. */
export class NumberByNumber {
  private known = new Int32Array(1 << 12)
  private readonly work: (key: number) => number

  constructor(work: (key: number) => number) {
    this.work = work
  }

  get(key: number): number {
    const known = this.known[key] ?? 0
    return known > 0 ? known - 1 : this.workOut(key)
  }

  /** To work all of them out anew. */
  forget(): void {
    this.known.fill(0)
  }

  private workOut(key: number): number {
    const value = this.work(key)
    if (key >= this.known.length) {
      const more = new Int32Array(2 * key)
      more.set(this.known)
      this.known = more
    }
    this.known[key] = value + 1
    return value
  }
}
