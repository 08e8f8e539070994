/**
 * A request as the gateway sees it, for statistics, hooks and fault plans.
 */

/** Times are those of the query, ms since the epoch; NaN where the text is no integer, undefined where it is absent. */
export interface SeenRequest {
  /** Counted from 1 over the simulator's life. */
  readonly number: number
  readonly method: string
  /** Path and query exactly as received. */
  readonly target: string
  readonly path: string
  readonly pageNo: number | undefined
  readonly pageSizeNo: number | undefined
  readonly workStartTimeFrom: number | undefined
  readonly workStartTimeTo: number | undefined
}

const integerOf = (text: string | null): number | undefined =>
  text === null || text === "" ? undefined : /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN

/** Reads a request line. */
export const seenRequest = (number: number, method: string, target: string): SeenRequest => {
  const mark = target.indexOf("?")
  const query = new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1))
  return {
    number,
    method,
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    pageNo: integerOf(query.get("pageNo")),
    pageSizeNo: integerOf(query.get("pageSizeNo")),
    workStartTimeFrom: integerOf(query.get("workStartTimeFrom")),
    workStartTimeTo: integerOf(query.get("workStartTimeTo")),
  }
}
