/**
 * Pairs of numbers by number, from 0, in the order in which they came: a hash table of open addresses, since a `Map` of millions
 * of pairs takes several times as long and as much memory.
 */
export class PairNumbering {
  size = 0
  private firsts = new Int32Array(1 << 12)
  private seconds = new Int32Array(1 << 12)
  /** One more than the number of the pair at each address; 0 where there is none. Twice as many as there are pairs, at least. */
  private table = new Int32Array(1 << 13)

  idOf(first: number, second: number): number {
    if (this.size === this.firsts.length) this.grow()
    const { table, firsts, seconds } = this
    let address = addressOf(first, second, table.length)
    for (;;) {
      const id = table[address]! - 1
      if (id < 0) break
      if (firsts[id] === first && seconds[id] === second) return id
      address = (address + 1) & (table.length - 1)
    }
    firsts[this.size] = first
    seconds[this.size] = second
    table[address] = this.size + 1
    return this.size++
  }

  first(id: number): number {
    return this.firsts[id]!
  }

  second(id: number): number {
    return this.seconds[id]!
  }

  private grow(): void {
    const more = (numbers: Int32Array) => {
      const grown = new Int32Array(2 * numbers.length)
      grown.set(numbers)
      return grown
    }
    this.firsts = more(this.firsts)
    this.seconds = more(this.seconds)
    this.table = new Int32Array(2 * this.table.length)
    for (let id = 0; id < this.size; id++) {
      let address = addressOf(this.firsts[id]!, this.seconds[id]!, this.table.length)
      while (this.table[address]! > 0) address = (address + 1) & (this.table.length - 1)
      this.table[address] = id + 1
    }
  }
}

/** Where to look first among so many addresses, a power of two. */
const addressOf = (first: number, second: number, addresses: number): number => {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & (addresses - 1)
}
