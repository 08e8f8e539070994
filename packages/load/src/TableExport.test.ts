/** What an export holds, byte by byte, from both kinds of archive: written out, and as other people's readers take it. */
import { expect, layer } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { Effect } from "effect"
import { loadDay } from "./BothArchives.fixture.ts"
import { encodingOf, runIdOf } from "./csv/CsvFolder.fixture.ts"
import { csvExport, fill, postgresExport } from "./ExportedArchive.fixture.ts"
import {
  complaintsOfCsvclean,
  exportedText,
  hasCsvclean,
  hasPython,
  readByParser,
  readByPython,
} from "./exportedText.fixture.ts"
import type { TableExport } from "./TableExport.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"
import { viewStatements } from "./postgres/viewStatements.ts"

const both = [
  ["Postgres", postgresExport],
  ["CSV files", csvExport()],
  ["CSV files for Excel", csvExport({ excel: true })],
] as const

const tables = [
  "archive_setting",
  "encoding",
  "encoding_history",
  "extraction_day",
  "extraction_run",
  "rejected_record",
]

const views = viewStatements().map(({ name }) => name)

/** Every table as a file, plain and for Excel. */
const filesOf = (exports: TableExport["Service"]) =>
  Effect.forEach(
    tables.flatMap((table) => [false, true].map((excel) => ({ table, excel }))),
    ({ table, excel }) =>
      Effect.map(exportedText(exports, table, { excel }), ({ text }) => ({ text, excel })),
  )

layer(TestPostgres.layer, { excludeTestServices: true })("an export", (it) => {
  it.effect("has the same bytes whichever archive it comes from, plain, for Excel and as NDJSON", () =>
    Effect.gen(function* () {
      const found = yield* Effect.forEach(both, ([, open]) =>
        Effect.gen(function* () {
          const { archive, exports } = yield* open
          yield* fill(archive)
          const texts: Record<string, string> = {}
          for (const table of [...tables, ...views]) {
            for (const excel of [false, true]) {
              const { rows, text } = yield* exportedText(exports, table, { excel })
              expect([table, rows]).toEqual([table, parse(text, { bom: true }).length - 1])
              texts[`${table} ${excel}`] = text
            }
            const { rows, text } = yield* exportedText(exports, table, { format: "ndjson" })
            expect([table, rows]).toEqual([table, text.split("\n").length - 1])
            texts[`${table} ndjson`] = text
          }
          return texts
        }),
      )
      const counts = tables.map((table) => parse(found[0][`${table} false`] ?? "").length - 1)
      expect(counts).toEqual([3, 8, 2, 3, 2, 2])
      expect(found[1]).toEqual(found[0])
      expect(found[2]).toEqual(found[0])
    }),
  )

  it.effect(
    "is in the order of the key by bytes, tells NULL from the empty string, and keeps every digit",
    () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* postgresExport
        yield* fill(archive)
        const { text } = yield* exportedText(exports, "encoding")
        const [header, ...lines] = text.split(/\n(?=2021)/)
        expect(header).toBe(
          "work_date,category_id,file_path,output_type,occurrence,category_name,status,link,percent,output_total_size," +
            "last_work_time,requested_from,requested_before,missing_since,anomalies,raw,first_seen_at,changed_at,run_id",
        )
        const asked = "2021-09-11T15:00:00.000Z,2021-09-12T15:00:00.000Z"
        const seen = "2021-09-12T16:00:00.000Z"
        const first = `${seen},${seen},${runIdOf(1)}`
        const changed = `${seen},2021-09-12T17:00:00.000Z,${runIdOf(2)}`
        const began = "2021-09-11T15:00:01.000Z"
        expect(lines).toEqual([
          `2021-09-12,-9007199254740993,\t-1,HD,1,drama,COMPLETE,,-0.5,1000,2021-09-12T15:00:00.007Z,${asked},,[],,${first}`,
          `2021-09-12,1,"","",1,"",COMPLETE,,99.5,1000,${began},${asked},,[],,${changed}`,
          `2021-09-12,1,'=1,HD,1, leading and trailing ,\\.,tab\there; semicolon|pipe,100,1000,${began},${asked},,[],,${first}`,
          `2021-09-12,1,"/드라마/한글 파일, 1화.mp4",HD,1,"뉴스 ""속보""",COMPLETE,,99.5,9007199254740993,${began},${asked},,[],,${changed}`,
          `2021-09-12,1,=1+1,HD,1,"line\nfeed","both\r\n","carriage\rreturn",100,1000,${began},${asked},,[],,${first}`,
          `2021-09-12,1,@😀\u0001\u007f,HD,1,,,,,,,${asked},,"[""percent: \\""a, b\\"""",""\\u0001\u2028\\\\ 각""]","{""a"": ""b,\\n"",  ""c"":1.50}",${first}`,
          `2021-09-12,1,＝1,HD,1,drama,COMPLETE,,1e-07,1000,${began},${asked},,[],,${first}`,
          `2021-09-13,1,/a.mp4,HD,1,drama,COMPLETE,,100,1000,${began},2021-09-12T15:00:00.000Z,2021-09-13T15:00:00.000Z,,[],,${first}\n`,
        ])
      }),
  )

  it.effect(
    "as NDJSON has numbers and lists as such, every digit, and JSON as the text that it came as",
    () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* postgresExport
        yield* fill(archive)
        const { text } = yield* exportedText(exports, "encoding", { format: "ndjson" })
        const line = text.split("\n").find((line) => line.includes("@😀"))
        const key = `"work_date":"2021-09-12","category_id":1,"file_path":"@😀\\u0001\u007f","output_type":"HD","occurrence":1`
        const empty = `"category_name":null,"status":null,"link":null,"percent":null,"output_total_size":null,"last_work_time":null`
        const asked = `"requested_from":"2021-09-11T15:00:00.000Z","requested_before":"2021-09-12T15:00:00.000Z","missing_since":null`
        const rest = `"anomalies":["percent: \\"a, b\\"","\\u0001\u2028\\\\ 각"],"raw":"{\\"a\\": \\"b,\\\\n\\",  \\"c\\":1.50}"`
        const seen = `"first_seen_at":"2021-09-12T16:00:00.000Z","changed_at":"2021-09-12T16:00:00.000Z","run_id":"${runIdOf(1)}"`
        expect(line).toBe(`{${[key, empty, asked, rest, seen].join(",")}}`)
        expect(text).toContain('"category_id":-9007199254740993,')
        expect(text).toContain('"output_total_size":9007199254740993,')
        for (const json of text.trimEnd().split("\n"))
          expect(Object.keys(JSON.parse(json) as object)).toHaveLength(19)
      }),
  )

  it.effect("for Excel has a byte order mark, CRLF after rows only, and no formula", () =>
    Effect.gen(function* () {
      const { archive, exports } = yield* postgresExport
      yield* fill(archive)
      const { text } = yield* exportedText(exports, "encoding", { excel: true })
      expect(text.startsWith("\uFEFFwork_date,")).toBe(true)
      expect(text.match(/\r\n/g)).toHaveLength(1 + 8 + 1)
      expect(text).toContain('"line\nfeed","both\r\n","carriage\rreturn"')
      const paths = parse(text, { bom: true, columns: true, record_delimiter: "\r\n" }).map(
        (row) => (row as Record<string, string>)["file_path"],
      )
      expect(paths).toEqual([
        "'\t-1",
        "",
        "''=1",
        "/드라마/한글 파일, 1화.mp4",
        "'=1+1",
        "'@😀\u0001\u007f",
        "'＝1",
        "/a.mp4",
      ])
      // A number is none, negative or not, but needs an apostrophe to keep its sixteenth digit.
      expect(text).toContain("2021-09-12,'-9007199254740993,'\t-1,HD,1,drama,COMPLETE,,-0.5,1000,")
    }),
  )

  it.effect(
    "from CSV files has the tables of Postgres, and knows of the others and of the views where they are",
    () =>
      Effect.gen(function* () {
        const namesOf = (exports: TableExport["Service"]) =>
          Effect.map(exports.tables, (found) => found.map(({ name }) => name))
        const { exports } = yield* csvExport()
        const names = yield* namesOf(exports)
        expect([...names, ...exports.elsewhere].toSorted()).toEqual(
          (yield* namesOf((yield* postgresExport).exports)).toSorted(),
        )
      }),
  )

  for (const [which, open] of both) {
    it.effect(`from ${which} is narrowed to the work days of a range`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const days = (table: string, from?: string, before?: string) =>
          Effect.map(exportedText(exports, table, { from, before }), ({ text }) =>
            parse(text)
              .slice(1)
              .map(([day]) => day!.slice(8)),
          )
        expect(yield* days("encoding", "2021-09-13")).toEqual(["13"])
        expect(yield* days("encoding_history", undefined, "2021-09-13")).toEqual(["12", "12"])
        expect(yield* days("extraction_day", "2021-09-13", "2021-09-14")).toEqual(["13"])
        expect(yield* days("rejected_record", "2021-09-13")).toEqual([])
        const dated = yield* exports.tables
        expect(dated.filter(({ dated }) => dated).map(({ name }) => name)).toEqual(
          expect.arrayContaining(["encoding", "encoding_history", "extraction_day", "rejected_record"]),
        )
        expect(dated.filter(({ dated }) => !dated).map(({ name }) => name)).toEqual(
          expect.arrayContaining(["archive_setting", "extraction_run"]),
        )
      }),
    )

    it.effect(`from ${which} as NDJSON has what is no number as a text`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        const percents = [Number.NaN, Infinity, -Infinity, -0.5]
        yield* loadDay(archive, {
          rows: percents.map((percent, at) => encodingOf({ percent, categoryId: BigInt(at) })),
        })
        for (const table of ["encoding", "encoding_timeline"]) {
          const { text } = yield* exportedText(exports, table, { format: "ndjson" })
          expect([...text.matchAll(/"percent":([^,]*),/g)].map(([, value]) => value)).toEqual([
            ...['"NaN"', '"Infinity"', '"-Infinity"', "-0.5"],
          ])
        }
      }),
    )

    it.effect(`from ${which} of nothing is a header`, () =>
      Effect.gen(function* () {
        const { exports } = yield* open
        expect(yield* exportedText(exports, "rejected_record")).toEqual({
          rows: 0,
          text: "work_date,fingerprint,reason,payload,count,first_seen_at,run_id\n",
        })
      }),
    )

    it.effect.skipIf(!hasPython)(
      `from ${which} reads the same in Python's csv, strict${hasPython ? "" : " (skipped: there is no python3)"}`,
      () =>
        Effect.gen(function* () {
          const { archive, exports } = yield* open
          yield* fill(archive)
          const files = yield* filesOf(exports)
          expect(readByPython(files)).toEqual(files.map(readByParser))
        }),
    )
  }

  it.effect.skipIf(!hasCsvclean)(
    `is clean to csvkit's csvclean${hasCsvclean ? "" : " (skipped: there is no csvclean)"}`,
    () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* postgresExport
        yield* fill(archive)
        const files = yield* filesOf(exports)
        for (const file of files) expect(complaintsOfCsvclean(file)).toBe("No errors.\n")
        const longer = files.map(({ text }) => ({ text: `${text}${",".repeat(30)}\n`, excel: false }))
        expect(complaintsOfCsvclean(longer[0]!)).toMatch(/^Line 4: Expected 2 columns/)
      }),
  )
})
