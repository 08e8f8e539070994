/**
 * Arbitraries (fast-check) of typed rows, for property tests of merging and loading. They cover what an archive must be
 * able to hold, and few identities, so that twins are frequent.
 */
import * as fc from "fast-check"
import type { Encoding } from "./Encoding.ts"
import { storableText } from "./apiRow.arbitrary.ts"
import { firstInstant, lastInstant } from "./readInstant.ts"

const awkwardTexts = [
  "",
  "\\N",
  "\\.",
  "NULL",
  "a\tb",
  "a\nb\r\n",
  'say "so", they said',
  "=1+1",
  " 한국어 ",
  "😀",
  "\uffff",
  "\\",
]
const text = fc.oneof(fc.constantFrom(...awkwardTexts), storableText)
const int64 = fc.oneof(
  fc.bigInt({ min: -2n, max: 2n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n),
)

/** An instant that every archive can hold, epoch ms. */
export const instant = fc.oneof(
  fc.integer({ min: 1_600_000_000_000, max: 1_700_000_000_000 }),
  fc.integer({ min: firstInstant, max: lastInstant }),
  fc.constantFrom(firstInstant, lastInstant, 0, -1),
)

const cell = { from: 1_631_372_400_000, before: 1_631_458_800_000 }

/** A row with anything in it that `normalise` may let through. All rows share one cell. */
export const encoding: fc.Arbitrary<Encoding> = fc.record({
  categoryId: fc.oneof(fc.constantFrom(1n, 2n), int64),
  filePath: text,
  outputType: text,
  categoryName: fc.option(text),
  status: fc.option(
    fc.oneof(fc.constantFrom("COMPLETE", "WAITING", "RUNNING", "FAILURE", "CANCELED", "PAUSED"), text),
  ),
  link: fc.option(text),
  percent: fc.option(
    fc
      .oneof(
        fc.integer({ min: 0, max: 100 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 0.1 + 0.2),
      )
      .map((percent) => percent + 0),
  ),
  outputTotalSize: fc.option(int64.map((size) => (size < 0n ? -(size + 1n) : size))),
  lastWorkTime: fc.option(instant),
  requestedFrom: fc.constant(cell.from),
  requestedBefore: fc.constant(cell.before),
  anomalies: fc.oneof(
    fc.constant([]),
    fc.subarray(["filePath: not text", "percent: not a number", 'x: "quoted", {braced} \\ NULL']),
  ),
  raw: fc.option(fc.oneof(fc.json({ stringUnit: "binary" }), fc.constant('{"a":"\\u0000\\ud83d","a":1.0}'))),
})

/** A row as the API sends it ten thousand times a night, of few identities and states, so that twins and equals occur. */
export const ordinaryEncoding: fc.Arbitrary<Encoding> = fc.record({
  categoryId: fc.constantFrom(10_019n, 13_814n),
  filePath: fc.constantFrom("", "/a/one.mp4", "/a/둘.mp4"),
  outputType: fc.constantFrom("AVC_SD_1Pass_30fps", "AVC_HD_1Pass_30fps"),
  categoryName: fc.constant("test2"),
  status: fc.constantFrom("COMPLETE", "WAITING", "RUNNING", "FAILURE", "CANCELED"),
  link: fc.constantFrom(null, "https://kr.object.ncloudstorage.com/a/one.mp4"),
  percent: fc.constantFrom(0, 50, 100),
  outputTotalSize: fc.constantFrom(null, 81_040_256n),
  lastWorkTime: fc.constantFrom(null, 1_631_380_000_000, 1_631_390_000_000),
  requestedFrom: fc.constant(cell.from),
  requestedBefore: fc.constant(cell.before),
  anomalies: fc.constant([]),
  raw: fc.constant(null),
})

/** The rows of a reading: ordinary ones with many twins, or anything storable, or both. */
export const encodings: fc.Arbitrary<Array<Encoding>> = fc.array(
  fc.oneof({ weight: 3, arbitrary: ordinaryEncoding }, encoding),
  { maxLength: 12 },
)
