/** Whatever text a row holds, the files give back exactly that; and any CSV reader understands them. */
import * as fs from "node:fs"
import * as path from "node:path"
import { parse } from "csv-parse/sync"
import { stringify } from "csv-stringify/sync"
import { Effect } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { CsvDialect } from "./CsvDialect.ts"
import { defuse, restore } from "@vodstation-etl/core/spreadsheetText"
import { stringifyOptions } from "./CsvDialect.ts"
import { CsvFileWriter } from "./CsvFileWriter.ts"
import { encodingOf, freshFolder } from "./CsvFolder.fixture.ts"
import type { CsvTable } from "./CsvTable.ts"
import { csvHeader, csvRecords, csvRows } from "./csvText.ts"
import { encodingTable } from "./encodingTable.ts"
import { historyTable } from "./historyTable.ts"
import { ledgerTable } from "./ledgerTable.ts"
import { readCsvFile } from "./readCsvFile.ts"
import { rejectedTable } from "./rejectedTable.ts"

const plain: CsvDialect = { excel: false }
const forExcel: CsvDialect = { excel: true }
const workDate = "2021-09-12"

const awkward = [
  ...[
    "",
    '"',
    '""',
    "'",
    "''",
    "'=1",
    "''=1",
    ",",
    ";",
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    " a",
    "a ",
    "\uFEFF",
    "\uFEFFa",
  ],
  ...[
    "=1+1",
    "+1",
    "-1",
    "@a",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "-",
    "NULL",
    "\\N",
    "null",
    "#",
    "한글",
    "😀",
    "a\nb",
    '"a",b\n',
  ],
]
const text = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: fc.constantFrom(...awkward, "a", "b"), maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
)
const time = fc.integer({ min: 0, max: 253_402_300_799_999 })
const orNull = <A>(some: fc.Arbitrary<A>) => fc.option(some, { nil: null, freq: 3 })
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

const state = fc
  .record({
    categoryId: long,
    filePath: text,
    outputType: text,
    categoryName: orNull(text),
    status: orNull(text),
    link: orNull(text),
    percent: orNull(fc.double({ noNaN: false })),
    outputTotalSize: orNull(long),
    lastWorkTime: orNull(time),
    requestedFrom: time,
    requestedBefore: time,
    missingSince: orNull(time),
    anomalies: fc.array(text, { maxLength: 3 }),
    raw: orNull(text),
    occurrence: fc.integer({ min: 1, max: 1_000 }),
  })
  .map((row) => encodingOf(row) as typeof row)
const superseded = fc.tuple(state, time, time, time).map(([row, firstSeenAt, changedAt, supersededAt]) => ({
  ...row,
  ...{ firstSeenAt, changedAt, runId: "run", supersededAt, supersededByRun: "later" },
}))
const reject = fc.record({
  fingerprint: fc.constantFrom("0a", "0b"),
  reason: text,
  payload: text,
  count: fc.nat(),
  firstSeenAt: time,
  runId: fc.constant("run"),
})

const roundTrip = async <A>(
  file: string,
  table: CsvTable<A>,
  dialect: CsvDialect,
  rows: ReadonlyArray<A>,
) => {
  const writer = await CsvFileWriter.create(file, table, dialect)
  for (const row of rows) {
    writer.add(row)
    if (writer.isFull) await writer.flush()
  }
  await writer.finish()
  const back: Array<A> = []
  for await (const batch of readCsvFile(file, table, dialect)) back.push(...batch)
  return back
}

const withFile = <A>(use: (file: string) => Promise<A>) =>
  Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(freshFolder, (folder) =>
        Effect.promise(() => {
          fs.mkdirSync(folder)
          return use(path.join(folder, "2021-09-12.csv"))
        }),
      ),
    ),
  )

describe.each([
  ["plain", plain],
  ["for Excel", forExcel],
])("every text comes back as it went in, %s", (_, dialect) => {
  it("in history, which has every column of an encoding", () =>
    withFile((file) =>
      fc.assert(
        fc.asyncProperty(fc.array(superseded, { maxLength: 5 }), async (rows) => {
          expect(await roundTrip(file, historyTable(workDate), dialect, rows)).toEqual(rows)
        }),
        { numRuns: 150 },
      ),
    ))

  it("in rejects", () =>
    withFile((file) =>
      fc.assert(
        fc.asyncProperty(fc.array(reject, { maxLength: 5 }), async (rows) => {
          expect(await roundTrip(file, rejectedTable(workDate), dialect, rows)).toEqual(rows)
        }),
        { numRuns: 100 },
      ),
    ))

  it("over the edges of what is written and read at once", () =>
    withFile(async (file) => {
      const rows = Array.from({ length: 4_000 }, (_, index) => ({
        ...{ fingerprint: `${index}`, reason: awkward[index % awkward.length]! },
        ...{ payload: `"${"한".repeat(index % 97)}\n`, count: 1, firstSeenAt: index, runId: "run" },
      }))
      expect(await roundTrip(file, rejectedTable(workDate), dialect, rows)).toEqual(rows)
      expect(fs.statSync(file).size).toBeGreaterThan(3 * 65_536)
    }))
})

describe("the text of records", () => {
  it("is what csv-stringify makes of them", () => {
    fc.assert(
      fc.property(fc.array(fc.array(orNull(text), { minLength: 2, maxLength: 6 })), (records) => {
        const expected = stringify(records, stringifyOptions(plain))
        expect(csvRecords([], plain, records)).toBe(expected)
        const lines = stringify(records, stringifyOptions(forExcel))
        expect(csvRecords([], forExcel, records)).toBe(lines)
      }),
    )
  })
})

describe("a plain file", () => {
  const row = { ...encodingOf(), occurrence: 1, missingSince: null }

  it("tells NULL, an empty cell, from the empty string, two quotes", () => {
    const line = csvRows(encodingTable(workDate), plain, [{ ...row, categoryName: null, link: "" }])
    expect(line).toBe(
      '2021-09-12,1,/a.mp4,HD,1,,COMPLETE,"",100,1000,2021-09-11T15:00:01.000Z,2021-09-11T15:00:00.000Z,2021-09-12T15:00:00.000Z,,[]\n',
    )
  })

  it("quotes what RFC 4180 says must be quoted, and nothing more", () => {
    const line = csvRows(encodingTable(workDate), plain, [
      { ...row, filePath: 'a "b"', outputType: "a,b", categoryName: "a\rb", status: " a ", link: "=1+1" },
    ])
    expect(line).toContain(',1,"a ""b""","a,b",1,"a\rb", a ,=1+1,100,1000,')
  })

  it("says the same to a reader that knows nothing of us", () =>
    fc.assert(
      fc.property(fc.array(superseded, { minLength: 1, maxLength: 4 }), (rows) => {
        const table = historyTable(workDate)
        const records: ReadonlyArray<ReadonlyArray<string>> = parse(
          csvHeader(table.columns, plain) + csvRows(table, plain, rows),
          { record_delimiter: ["\r\n", "\n", "\r"] },
        )
        expect(records).toEqual([
          table.columns,
          ...rows.map((row) => table.toCells(row).map((cell) => cell ?? "")),
        ])
      }),
      { numRuns: 200 },
    ))
})

describe("a file for Excel", () => {
  it("begins with a byte order mark and ends its lines with CRLF", () => {
    expect(csvHeader(["a", "b"], forExcel)).toBe("\uFEFFa,b\r\n")
  })

  it("holds no text that a spreadsheet would compute", () =>
    fc.assert(
      fc.property(text, (value) => {
        expect(defuse(value)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
        expect(restore(defuse(value))).toBe(value)
      }),
      { numRuns: 1_000 },
    ))

  it("keeps apart texts that differ only by the apostrophe", () => {
    expect(["=1", "'=1", "''=1", "'", "a'"].map(defuse)).toEqual(["'=1", "''=1", "'''=1", "''", "a'"])
  })

  it("leaves numbers alone, negative ones too, so that they still compute", () => {
    const row = {
      ...encodingOf({ categoryId: -5n, percent: -1, filePath: "-5" }),
      occurrence: 1,
      missingSince: null,
    }
    expect(csvRows(encodingTable(workDate), forExcel, [row])).toContain(
      "2021-09-12,-5,'-5,HD,1,drama,COMPLETE,,-1,",
    )
  })
})

describe("a file that was damaged or edited is refused with the place", () => {
  const good = {
    ...{
      workDate,
      state: "open" as const,
      proof: null,
      apiTotal: 1,
      rowCount: 1,
      openRows: 0,
      rejectedRows: 0,
    },
    ...{ requests: 1, pages: 1, readAt: 0, runId: "run", digest: "d", error: null },
  }
  const text = csvHeader(ledgerTable.columns, plain) + csvRows(ledgerTable, plain, [good, good])

  it.each([
    ["a lost column", text.replace(",digest", ""), "at record 1: its columns are not work_date,state"],
    [
      "a cell that is no number",
      text.replace(",1,1,0,", ",1,1.5,0,"),
      'at record 2: "1.5" is no whole number',
    ],
    [
      "a time in another form",
      text.replace("1970-01-01T00:00:00.000Z", "01.01.1970"),
      '"01.01.1970" is no time',
    ],
    ["half a record", text.slice(0, -30), "at record 2: Invalid Record Length"],
    ["an open quote", `${text.slice(0, -1)}\n"`, "Quote Not Closed"],
    ["nothing at all", "", "is empty, without even a header"],
  ])("%s", (_, content, message) =>
    withFile(async (file) => {
      fs.writeFileSync(file, content)
      const reading = async () => {
        for await (const rows of readCsvFile(file, ledgerTable, plain)) expect(rows.length).toBeGreaterThan(0)
      }
      await expect(reading()).rejects.toThrow(message)
      await expect(reading()).rejects.toThrow("archive/2021-09-12.csv")
    }),
  )
})
