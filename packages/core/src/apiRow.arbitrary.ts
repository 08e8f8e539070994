/**
 * Arbitraries (fast-check) of what the API may answer, as JSON text, since a row is text before it is anything else: longs
 * beyond 2^53, escapes and double keys do not survive being JavaScript values. For property tests here and in the packages
 * that load what `normalise` lets through.
 */
import * as fc from "fast-check"

/** What one row is about, apart from how an API of some generation tells it. */
export interface Facts {
  readonly categoryId: bigint
  readonly categoryName: string
  readonly filePath: string
  readonly outputType: string
  readonly link: string | null
  readonly outputTotalSize: bigint
  /** Epoch ms. */
  readonly lastWorkTime: number
  readonly status: string
  readonly percent: number
}

const int64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 100_000n }),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  fc.constant(2n ** 63n - 1n),
)

/** Text that Postgres stores as it is. */
export const storableText = fc
  .string({ unit: "binary", maxLength: 40 })
  .map((text) => text.toWellFormed().replaceAll("\0", ""))

export const facts: fc.Arbitrary<Facts> = fc.record({
  categoryId: int64,
  categoryName: storableText,
  filePath: storableText,
  outputType: fc.oneof(fc.constantFrom("AVC_HD_1Pass_30fps", "auto_90fps_abr"), storableText),
  link: fc.option(
    fc.webUrl().filter((url) => url.length > 5),
    { nil: null },
  ),
  outputTotalSize: int64,
  // From 1973-03-03, below which bare numbers are refused, to the end of the year 9999, less a day for offsets.
  lastWorkTime: fc.integer({ min: 100_000_000_000, max: 253_402_300_799_999 - 86_400_000 }),
  status: fc.constantFrom("COMPLETE", "WAITING", "RUNNING", "FAILURE", "CANCELED", "PAUSED"),
  percent: fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.double({ min: 0, max: 100, noNaN: true }).map((percent) => percent + 0),
  ),
})

declare global {
  interface JSON {
    // ECMAScript's "JSON.parse source text access", which Node 24 has and TypeScript does not know yet.
    rawJSON(json: string): object
  }
}

/** A number as JSON source, which prints without quotes and without passing through a double. */
const rawNumber = (digits: bigint | string) => JSON.rawJSON(String(digits))

/** ISO text of an instant at an offset in minutes, with the offset written as `suffix`. */
const isoText = (ms: number, offsetMinutes: number, suffix: string, separator = "T"): string =>
  new Date(ms + offsetMinutes * 60_000).toISOString().replace("T", separator).slice(0, -1) + suffix

const integerTellings = (value: bigint): ReadonlyArray<unknown> => [
  rawNumber(value),
  rawNumber(`${value}.0`),
  rawNumber(`${value}.000E0`),
  ...(value === 0n ? [] : [rawNumber(`${value}000e-3`)]),
  String(value),
  ` ${value} `,
  `${value}.00`,
  `00${value}`,
  `+${value}`,
]

const timeTellings = (ms: number): ReadonlyArray<unknown> => [
  isoText(ms, 540, "+0900"),
  isoText(ms, 540, "+09:00"),
  isoText(ms, 540, "+09"),
  isoText(ms, 540, ""),
  isoText(ms, 540, "+0900", " "),
  isoText(ms, 0, "Z"),
  isoText(ms, 0, "z", "t"),
  isoText(ms, 0, "-00:00"),
  isoText(ms, -210, "-0330"),
  isoText(ms, 540, "000+09:00"),
  ms,
  String(ms),
  ` ${ms} `,
  `${ms}.0`,
  { time: ms },
  { time: String(ms) },
  { time: isoText(ms, 0, "Z") },
  { epochSecond: Math.floor(ms / 1000), nano: (ms % 1000) * 1_000_000 },
  { epochSecond: String(Math.floor(ms / 1000)), nano: String((ms % 1000) * 1_000_000) },
  ...(ms % 1000 === 0 ? [{ epochSecond: ms / 1000 }, isoText(ms, 540, "+0900").replace(".000", "")] : []),
]

const percentTellings = (percent: number): ReadonlyArray<unknown> => [
  percent,
  String(percent),
  `${percent}%`,
  ` ${percent} % `,
]

/** Every way of telling each fact that the documentation and its contradictions allow for. */
export const tellings = (facts: Facts) => ({
  categoryId: integerTellings(facts.categoryId),
  categoryName: [facts.categoryName],
  filePath: facts.filePath === "" ? ["", null, undefined] : [facts.filePath],
  outputType: facts.outputType === "" ? ["", null, undefined] : [facts.outputType],
  link: facts.link === null ? [null, "", false, "false", undefined] : [facts.link],
  outputTotalSize: integerTellings(facts.outputTotalSize),
  lastWorkTime: timeTellings(facts.lastWorkTime),
  status: [facts.status, facts.status.toLowerCase(), ` ${facts.status}`],
  percent: percentTellings(facts.percent),
})

/** The current generation's row (API facts, 1.3), as JSON text. */
export const tellCurrent = (facts: Facts): string =>
  JSON.stringify({
    ...facts,
    categoryId: rawNumber(facts.categoryId),
    outputTotalSize: rawNumber(facts.outputTotalSize),
    lastWorkTime: isoText(facts.lastWorkTime, 540, "+0900"),
  })

/** A row in the types of the older documentation, text for numbers and an object for the time (API facts, 1.4). */
export const tellOld = (facts: Facts): string =>
  JSON.stringify({
    ...facts,
    categoryId: String(facts.categoryId),
    outputTotalSize: String(facts.outputTotalSize),
    lastWorkTime: { time: facts.lastWorkTime },
    percent: String(facts.percent),
  })

/** The same facts with a telling of its own for each field, and the fields in any order, as JSON text. */
export const tellMixed = (facts: Facts): fc.Arbitrary<string> => {
  const fields = Object.entries(tellings(facts)).map(([name, ways]) =>
    fc.constantFrom(...ways).map((value) => [name, value] as const),
  )
  return fc
    .tuple(...fields)
    .chain((told) => fc.shuffledSubarray(told, { minLength: told.length }))
    .map((told) => JSON.stringify(Object.fromEntries(told)))
}

const looseTexts =
  `|  |true|TRUE|NaN|Infinity|0x10|1e3|-1|1e999999999|1e-999999999|%|1631602152|2021-02-30T00:00:00Z|2021-09-14
  |2021-09-14T24:00:00Z|0001-01-01T00:00+0900|9223372036854775807|9223372036854775808|-9223372036854775809`.split(
    "|",
  )

const looseNumbers =
  `-0 0.5 1e21 1e300 5e-324 9223372036854775808 -9223372036854775808 1e400 -0.0 1E-400 99.99999999999999999
  1631602152000.0000001 9007199254740993 9.007199254740993e15 1631602152 1631602152000000`.split(/\s+/)

/** Values that some field might hold and should not. */
const looseValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2, stringUnit: "binary" }),
  fc.string({ unit: fc.constantFrom("a", "\0", "\ud83d", "\ude00", "\uffff", "한", '"', "\\") }),
  fc.constantFrom(...looseTexts, "x".repeat(2_001)),
  fc.constantFrom(...looseNumbers).map(rawNumber),
  fc.constantFrom(true, false, null, [], {}, { time: {} }, { epochSecond: 1 }, { nano: 1 }),
)

/** A row whose fields hold documented or loose values, or are absent; some fields that nobody knows. As JSON text. */
export const plausibleRow: fc.Arbitrary<string> = facts.chain((facts) => {
  const model = Object.fromEntries(
    Object.entries(tellings(facts)).map(([name, ways]) => [
      name,
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom<unknown>(...ways) },
        looseValue,
        fc.constant(undefined),
      ),
    ]),
  )
  const unknown = fc.dictionary(
    fc.constantFrom("fileId", "__proto__", "constructor", "toString", "Status"),
    looseValue,
    {
      maxKeys: 1,
    },
  )
  return fc.tuple(fc.record(model), unknown).map(([row, more]) => JSON.stringify({ ...row, ...more }))
})

/** Any JSON text at all, or a row that is plausible, or one that is as it should be. */
export const apiRow: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: plausibleRow },
  { weight: 2, arbitrary: facts.map(tellCurrent) },
  { weight: 1, arbitrary: facts.map(tellOld) },
  { weight: 1, arbitrary: fc.json({ stringUnit: "binary" }) },
)

/** The body of an answer with these rows. */
export const answerOf = (rows: ReadonlyArray<string>, total = rows.length): string =>
  `{"content":[${rows.join(",")}],"total":${total}}`
