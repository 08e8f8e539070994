/**
 * How the requests of a work day are spread over its hours, as far as this run has seen: so that a day can be cut into
 * parts that one page each holds nearly full, although businesses sleep at night. A guess that costs requests where it is
 * wrong, and never a row: what a part really holds is told by its own total.
 */
import type { Slice } from "./Slice.ts"
import { widthOf } from "./Slice.ts"

const bins = 96
/** Share of the day that is taken to be spread evenly, whatever was seen. */
const even = 0.15
/** So many slices must a day have been read in to say anything of its shape. */
const fewest = 4
/** What a day's shape still counts once another one was seen. */
const fade = 0.6

export class DayShape {
  private weights = new Float64Array(bins)
  private sum = 0

  /** Whether anything was seen. */
  get isKnown(): boolean {
    return this.sum > 0
  }

  /** What slices of a day, which cover it, hold. A day that was read in a few large ones teaches nothing. */
  learn(day: Slice, slices: ReadonlyArray<{ readonly slice: Slice; readonly total: number }>): void {
    const rows = slices.reduce((sum, { total }) => sum + total, 0)
    if (rows === 0 || slices.length < fewest) return
    const seen = new Float64Array(bins)
    for (const { slice, total } of slices) spread(seen, day, slice, total / rows)
    this.weights = this.weights.map((weight, bin) => fade * weight + seen[bin]!)
    this.sum = fade * this.sum + 1
  }

  /**
   * Cuts the slice of the day into up to `parts` parts that are expected to hold the same number of rows each. Borders are
   * multiples of `grain` ms; a slice that holds none inside comes back whole.
   */
  cut(day: Slice, slice: Slice, parts: number, grain: number): ReadonlyArray<Slice> {
    const first = Math.floor(slice.from / grain) + 1
    const last = Math.ceil(slice.before / grain) - 1
    const count = Math.max(1, Math.min(parts, last - first + 2))
    const quantile = this.quantiles(day, slice)
    const borders = [slice.from]
    let previous = first - 1
    for (let part = 1; part < count; part++) {
      // None empty, whatever the shape says.
      const wanted = Math.round(quantile(part / count) / grain)
      previous = Math.min(Math.max(wanted, previous + 1), last - (count - 1 - part))
      borders.push(previous * grain)
    }
    borders.push(slice.before)
    return borders.slice(1).map((before, part) => ({ from: borders[part]!, before }))
  }

  /** The moment before which a share of the slice's rows is expected; to be asked for growing shares. */
  private quantiles(day: Slice, slice: Slice): (share: number) => number {
    const edges = this.edgesIn(day, slice)
    const sums = [0]
    for (let edge = 1; edge < edges.length; edge++) {
      const from = edges[edge - 1]!
      sums.push(sums[edge - 1]! + (edges[edge]! - from) * this.densityAt(day, from))
    }
    let edge = 1
    return (share) => {
      const sum = sums.at(-1)! * share
      while (edge < edges.length - 1 && sums[edge]! < sum) edge++
      const from = edges[edge - 1]!
      return from + ((edges[edge]! - from) * (sum - sums[edge - 1]!)) / (sums[edge]! - sums[edge - 1]!)
    }
  }

  /** The edges of the bins that lie inside of the slice, and its ends. */
  private edgesIn(day: Slice, slice: Slice): Array<number> {
    const edges = [slice.from]
    for (let bin = binOf(day, slice.from) + 1; bin < bins; bin++) {
      const edge = day.from + Math.floor((widthOf(day) * bin) / bins)
      if (edge >= slice.before) break
      if (edge > edges.at(-1)!) edges.push(edge)
    }
    edges.push(slice.before)
    return edges
  }

  private densityAt(day: Slice, moment: number): number {
    const share = this.sum === 0 ? 0 : (this.weights[binOf(day, moment)]! * bins) / this.sum
    return even + (1 - even) * share
  }
}

const binOf = (day: Slice, moment: number): number =>
  Math.max(0, Math.min(bins - 1, Math.floor(((moment - day.from) * bins) / widthOf(day))))

const spread = (seen: Float64Array, day: Slice, slice: Slice, share: number): void => {
  const first = binOf(day, slice.from)
  const last = binOf(day, slice.before - 1)
  for (let bin = first; bin <= last; bin++) {
    const from = day.from + (widthOf(day) * bin) / bins
    const before = day.from + (widthOf(day) * (bin + 1)) / bins
    const inside = Math.max(0, Math.min(before, slice.before) - Math.max(from, slice.from))
    seen[bin]! += (share * inside) / widthOf(slice)
  }
}
