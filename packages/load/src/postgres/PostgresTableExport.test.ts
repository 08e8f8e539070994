/** Any table and view, of any type and content, and what becomes of an export that fails. */
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { expect, layer } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { Effect } from "effect"
import { awkwardTexts } from "../awkwardTexts.fixture.ts"
import { loadDay } from "../BothArchives.fixture.ts"
import { dayEnd, encodingOf } from "../csv/CsvFolder.fixture.ts"
import { exportedText, readByParser } from "../exportedText.fixture.ts"
import { postgresExport } from "../ExportedArchive.fixture.ts"
import { TestPostgres } from "./TestPostgres.fixture.ts"

const require = createRequire(import.meta.url)

layer(TestPostgres.layer, { excludeTestServices: true })("an export from Postgres", (it) => {
  it.effect("has the cells of csv-spectrum's cases", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, exports } = yield* postgresExport
      const folder = join(dirname(require.resolve("csv-spectrum")), "json")
      const cases = readdirSync(folder)
      expect(cases).toHaveLength(12)
      for (const file of cases) {
        const found: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"))
        const records = (Array.isArray(found) ? found : [found]) as Array<Record<string, unknown>>
        const columns = Object.keys(records[0]!)
        const table = file.replace(".json", "")
        yield* query(
          `CREATE TABLE ${schema}.${table} (n int PRIMARY KEY, ${columns.map((name) => `"${name}" text`).join(", ")})`,
        )
        const rows = records.map((record) => columns.map((name) => String(record[name])))
        for (const [n, row] of rows.entries())
          yield* query(
            `INSERT INTO ${schema}.${table} VALUES ($1, ${row.map((_, at) => `$${at + 2}`).join(", ")})`,
            [n, ...row],
          )
        for (const excel of [false, true]) {
          const { text } = yield* exportedText(exports, table, { excel })
          // Excel's dialect may put its one apostrophe before a text.
          const read = readByParser({ text, excel }).map((cells) =>
            cells.map((cell) => (excel ? cell.replace(/^'/, "") : cell)),
          )
          expect(read).toEqual([["n", ...columns], ...rows.map((row, n) => [String(n), ...row])])
        }
      }
    }),
  )

  it.effect("takes any view, of any type, whatever it is called, sorted by all that it has", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, exports } = yield* postgresExport
      yield* query(
        `CREATE VIEW ${schema}."Odd ""view""" AS SELECT * FROM (VALUES
           ('b', true, 1.50, 'infinity'::timestamptz, '{"b":1}'::json, '{}'::int[]),
           ('B', false, NULL, '2021-09-14T06:49:12.5+09:00', NULL, '{1,NULL}'),
           ('a', NULL, -0.1, NULL, '[ ]', NULL),
           ('a', NULL, -0.1, NULL, '[]', NULL)) AS v("a ""name""", yes, amount, at, doc, list)`,
      )
      expect((yield* exportedText(exports, 'Odd "view"')).text).toBe(
        '"a ""name""",yes,amount,at,doc,list\n' +
          'B,false,,2021-09-13T21:49:12.500Z,,"[1,null]"\n' +
          "a,,-0.1,,[ ],\n" +
          "a,,-0.1,,[],\n" +
          'b,true,1.50,infinity,"{""b"":1}",[]\n',
      )
    }),
  )

  it.effect("is in the order of the primary key, by bytes, wherever its columns stand", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, exports } = yield* postgresExport
      yield* query(
        `CREATE TABLE ${schema}.keyed (b int, a text COLLATE "und-x-icu", c int, PRIMARY KEY (a, c));
         INSERT INTO ${schema}.keyed VALUES (1, 'b', 1), (2, 'B', 2), (3, 'B', 10), (4, 'a', 1), (5, '각', 1), (6, 'É', 1)`,
      )
      const { text } = yield* exportedText(exports, "keyed")
      expect(text).toBe("b,a,c\n2,B,2\n3,B,10\n4,a,1\n1,b,1\n6,É,1\n5,각,1\n")
    }),
  )

  it.effect("has the states of a row in the order of their time", () =>
    Effect.gen(function* () {
      const { archive, exports } = yield* postgresExport
      const reading = (hour: number, categoryName: string) =>
        loadDay(archive, { rows: [encodingOf({ categoryName })], readAt: dayEnd + hour * 3_600_000 })
      for (const [hour, name] of ["c", "a", "b", "d"].entries()) yield* reading(hour + 1, name)
      const { text } = yield* exportedText(exports, "encoding_history")
      const names = parse(text, { columns: true }).map(
        (row) => (row as Record<string, string>)["category_name"],
      )
      expect(names).toEqual(["c", "a", "b"])
    }),
  )

  it.effect("of one text column is read back whatever the text is", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, exports } = yield* postgresExport
      yield* query(`CREATE TABLE ${schema}.note (at int PRIMARY KEY, text text)`)
      const texts = awkwardTexts(3_000)
      yield* query(
        `INSERT INTO ${schema}.note SELECT n, t FROM unnest($1::text[]) WITH ORDINALITY AS u(t, n)`,
        [texts],
      )
      for (const excel of [false, true]) {
        const { rows, text } = yield* exportedText(exports, "note", { excel })
        expect(rows).toBe(texts.length)
        const delimiter = excel ? "\r\n" : "\n"
        const read = parse(text, {
          bom: true,
          record_delimiter: delimiter,
          cast: (cell, { quoting }) => (cell === "" && !quoting ? null : cell),
        }) as unknown as Array<Array<string | null>>
        const restored = read
          .slice(1)
          .map(([, cell]) => (excel && cell !== null ? cell!.replace(/^'/, "") : cell))
        expect(restored).toEqual(texts)
      }
    }),
  )

  it.effect("ends with the first piece that cannot be taken, and leaves the database free", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, archive, exports } = yield* postgresExport
      yield* query(
        `CREATE VIEW ${schema}.many AS SELECT n, repeat('x', 1000) AS filler FROM generate_series(1, 4000) AS n`,
      )
      let pieces = 0
      const full = exports.text(
        { table: "many", from: undefined, before: undefined },
        { format: "csv", excel: false },
        () => Effect.suspend(() => (++pieces === 2 ? Effect.fail("full" as const) : Effect.void)),
      )
      for (let time = 0; time < 10; time++) {
        pieces = 0
        expect(yield* Effect.flip(full)).toBe("full")
      }
      expect(pieces).toBe(2)
      expect(yield* archive.ledger()).toEqual([])
      expect(yield* exportedText(exports, "rejected_record")).toMatchObject({ rows: 0 })
    }),
  )

  it.effect("says what failed when the server refuses in the middle of it", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, exports } = yield* postgresExport
      yield* query(
        `CREATE VIEW ${schema}.broken AS SELECT n, 1 / (150000 - n) AS part, repeat('x', 100) AS filler FROM generate_series(1, 200000) AS n`,
      )
      const error = yield* Effect.flip(exportedText(exports, "broken"))
      expect(error).toMatchObject({
        _tag: "ArchiveFailed",
        doing: "exporting broken",
        reason: "division by zero",
      })
    }),
  )
})
