/**
 * Arbitraries (fast-check) of the life of a work day as its readings show it: rows that appear, move on, vanish and return,
 * twins, equal twins, blank paths, rejects, smaller cells, weak readings and readings that come too late, and days of which
 * most or all is suddenly gone.
 */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { Proof } from "@vodstation-etl/core/Reading"
import * as fc from "fast-check"

export interface Step {
  readonly rows: ReadonlyArray<Encoding>
  readonly rejects: ReadonlyArray<Reject>
  readonly strong: boolean
  readonly proof: Proof
  readonly settled: boolean
  /** In seconds after the reading before: 0 and less are readings of the same moment and earlier. */
  readonly after: number
  /** Whether the rows wait in files rather than in memory. */
  readonly spilled: boolean
  /** Whether the run that read the day before reads it again. */
  readonly sameRun: boolean
}

const dayStart = 1_631_372_400_000
const hour = 3_600_000
/** Cells of a day, some inside others, some disjoint. */
const cells = [
  [0, 24],
  [0, 24],
  [0, 12],
  [12, 24],
  [6, 12],
].map(([from, before]) => ({
  requestedFrom: dayStart + from! * hour,
  requestedBefore: dayStart + before! * hour,
}))

const columns = {
  categoryName: fc.constantFrom(null, "a", "b"),
  status: fc.constantFrom(
    null,
    "WAITING",
    "RUNNING",
    "COMPLETE",
    "COMPLETE",
    "FAILURE",
    "CANCELED",
    "PAUSED",
  ),
  link: fc.constantFrom(null, "https://x/y.mp4"),
  percent: fc.constantFrom(null, 0, 99.5, 100),
  outputTotalSize: fc.constantFrom(null, 0n, 9_223_372_036_854_775_807n),
  lastWorkTime: fc.constantFrom(null, dayStart, dayStart + 1, dayStart + hour),
  anomalies: fc.constantFrom<ReadonlyArray<string>>([], [], ["percent: no number"], ["a", 'b "c"']),
  raw: fc.constantFrom(null, null, '{"a":1}', '{"a": 1}', '{"b":"\\u0000"}'),
}
const state = fc.record(columns)
/** Another value of one column, or of all. */
const newState = fc.oneof(
  ...Object.entries(columns).map(([name, column]) => fc.record({ [name]: column as fc.Arbitrary<unknown> })),
  state,
) as fc.Arbitrary<Partial<Encoding>>

const identity = fc.record({
  categoryId: fc.constantFrom(1n, 1n, 2n),
  filePath: fc.constantFrom("", "/a.mp4", "/둘.mp4", "/\uffff.mp4", "/😀.mp4"),
  outputType: fc.constantFrom("", "HD"),
})

const row: fc.Arbitrary<Encoding> = fc
  .tuple(identity, state, fc.constantFrom(...cells))
  .map(([identity, state, cell]) => ({ ...identity, ...state, ...cell }))

/** Enough rows of one life that a day shrinks when they go. */
const bulk = fc
  .tuple(fc.constantFrom(10, 13), state, fc.constantFrom("COMPLETE", "COMPLETE", "WAITING"))
  .map(([count, state, status]) =>
    Array.from({ length: count }, (_, index): Encoding => ({
      ...{ ...state, status },
      ...{ ...cells[0]!, categoryId: 3n, filePath: `${bulkPath}${index}.mp4`, outputType: "HD" },
    })),
  )
const bulkPath = "/bulk/"

const rejects: ReadonlyArray<Reject> = ["0a", "0b", "0c"].map((fingerprint, index) => ({
  fingerprint: fingerprint.repeat(32),
  reason: `reason ${index}`,
  payload: `{"n": ${index} , "t":"\\ud800\\u0000"}`,
}))

/** What the next reading makes of a row of the one before. */
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant((row: Encoding): ReadonlyArray<Encoding> => [row]) },
  { weight: 2, arbitrary: fc.constant((): ReadonlyArray<Encoding> => []) },
  { weight: 5, arbitrary: newState.map((state) => (row: Encoding) => [{ ...row, ...state }]) },
  { weight: 2, arbitrary: fc.constantFrom(...cells).map((cell) => (row: Encoding) => [{ ...row, ...cell }]) },
  // An equal twin, and one that differs.
  { weight: 1, arbitrary: fc.constant((row: Encoding): ReadonlyArray<Encoding> => [row, row]) },
  { weight: 1, arbitrary: newState.map((state) => (row: Encoding) => [{ ...row, ...state }, row]) },
)

const change = fc.record({
  fates: fc.array(fate, { minLength: 8, maxLength: 8 }),
  appear: fc.array(row, { maxLength: 3 }),
  /** The API shows again what it showed one to three readings ago, as it was; 0: something new. */
  returnTo: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(1, 1, 2, 3)),
  /** What is gone besides. */
  lost: fc.constantFrom("nothing", "nothing", "nothing", "bulk", "bulk", "all"),
  /** Whether what was lost is lost in the reading after, too. */
  lastingly: fc.constantFrom(true, true, false),
  rejects: fc.array(fc.constantFrom(...rejects), { maxLength: 3 }),
  proven: fc.constantFrom<Pick<Step, "strong" | "proof">>(
    { strong: true, proof: "single-page" },
    { strong: true, proof: "single-page" },
    { strong: true, proof: "pigeonhole" },
    { strong: true, proof: "pigeonhole" },
    { strong: false, proof: "pigeonhole" },
    { strong: false, proof: "count" },
  ),
  settled: fc.constantFrom(true, true, false),
  after: fc.constantFrom(60, 60, 60, 60, 0, -30),
  spilled: fc.boolean(),
  sameRun: fc.constantFrom(false, false, false, true),
})

const remains = {
  nothing: () => true,
  bulk: (row: Encoding) => !row.filePath.startsWith(bulkPath),
  all: () => false,
}
const maxRows = 24

/** The readings of one day, one after the other. */
export const readings: fc.Arbitrary<ReadonlyArray<Step>> = fc
  .tuple(
    fc.array(row, { maxLength: 8 }),
    fc.oneof(fc.constant([]), bulk),
    fc.array(change, { minLength: 2, maxLength: 7 }),
  )
  .map(([first, bulk, changes]) => {
    const steps: Array<Step> = []
    for (const { fates, appear, returnTo, lost, lastingly, proven, ...change } of changes) {
      const step = { ...change, ...proven }
      const again = steps.at(-returnTo)
      if (returnTo > 0 && again !== undefined) {
        steps.push({ ...step, rows: again.rows, rejects: again.rejects })
        continue
      }
      const before = steps.at(-1)?.rows ?? [...first, ...bulk]
      const rows = before.flatMap((row, index) => fates[index % fates.length]!(row)).filter(remains[lost])
      steps.push({ ...step, rows: [...rows, ...(lost === "all" ? [] : appear)].slice(0, maxRows) })
      if (lost !== "nothing" && lastingly) {
        steps.push({ ...steps.at(-1)!, strong: true, proof: "single-page", after: 60, sameRun: false })
      }
    }
    return steps
  })
