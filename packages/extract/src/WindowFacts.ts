/**
 * How a gateway understands a window of request times. The documentation leaves open whether the ends belong to it, how
 * finely times are compared, and even which of the two parameters carries the start (API facts, 1.2, C1, C2): what is
 * used is found out (`calibrate.ts`) and kept with the archive.
 *
 * Where the ends lie can be told up to 1 ms only: a gateway that counts (From, To] for the rows of a day cannot be told from
 * one that counts [From, To) for rows of 1 ms earlier, since rows do not say when they were requested.
 */
import type { Slice } from "./Slice.ts"

export interface WindowFacts {
  /** Which parameter carries the start: workStartTimeFrom, or, as in the old example, workStartTimeTo. Undefined while no window has returned rows. */
  readonly order: "from-first" | "to-first" | undefined
  /** What is added to the first ms of a slice to ask for it: -1 where the start does not belong to a window. */
  readonly fromShift: 0 | -1
  /** What is added to the last ms of a slice to ask for it: 1 where the end does not belong to a window, or is cut. */
  readonly toShift: 0 | 1
  /** Slices are cut at multiples of this, ms: more than 1 where times are compared more coarsely. */
  readonly grain: number
}

/** As the current documentation says. */
export const usualWindow: WindowFacts = { order: undefined, fromShift: 0, toShift: 0, grain: 1 }

/** The two parameters, epoch ms, that ask this gateway for the slice. */
export const windowOf = (
  slice: Slice,
  facts: Pick<WindowFacts, "order" | "fromShift" | "toShift">,
): { readonly from: number; readonly to: number } => {
  const start = slice.from + facts.fromShift
  const end = slice.before - 1 + facts.toShift
  return facts.order === "to-first" ? { from: end, to: start } : { from: start, to: end }
}

/** The same with From and To the other way round. */
export const turned = (facts: WindowFacts): WindowFacts => ({
  ...facts,
  order: facts.order === "to-first" ? "from-first" : "to-first",
})

export const sameWindows = (a: WindowFacts, b: WindowFacts): boolean =>
  (a.order ?? "from-first") === (b.order ?? "from-first") &&
  a.fromShift === b.fromShift &&
  a.toShift === b.toShift &&
  a.grain === b.grain

/** For messages: `both ends belong to a window`. */
export const describeWindows = (facts: WindowFacts): string =>
  [
    ...(facts.order === "to-first" ? ["workStartTimeTo carries the start"] : []),
    endsInWords(facts),
    ...(facts.grain === 1 ? [] : [`times are compared by ${facts.grain / 1000} s`]),
  ].join(", ")

const endsInWords = ({ fromShift, toShift }: WindowFacts): string => {
  if (fromShift === 0 && toShift === 0) return "both ends belong to a window"
  const start = fromShift === 0 ? "the start belongs to a window" : "the start does not belong to a window"
  return `${start}, ${toShift === 0 ? "the end does" : "the end does not, or is cut"}`
}

/** The facts by the names that the archive keeps them under. */
export const windowsAsFacts = (facts: WindowFacts): Readonly<Record<string, string>> => ({
  ...(facts.order === undefined ? {} : { window_order: facts.order }),
  window_from_shift_ms: String(facts.fromShift),
  window_to_shift_ms: String(facts.toShift),
  window_grain_ms: String(facts.grain),
})

/** What `windowsAsFacts` told; undefined where nothing is kept, or nothing that makes sense. */
export const windowsFromFacts = (kept: Readonly<Record<string, string>>): WindowFacts | undefined => {
  const order = kept["window_order"]
  const [fromShift, toShift] = [Number(kept["window_from_shift_ms"]), Number(kept["window_to_shift_ms"])]
  const grain = Number(kept["window_grain_ms"])
  if (order !== "from-first" && order !== "to-first") return undefined
  if (fromShift !== 0 && fromShift !== -1) return undefined
  if ((toShift !== 0 && toShift !== 1) || ![1, 1_000, 60_000].includes(grain)) return undefined
  return { order, fromShift, toShift, grain }
}
