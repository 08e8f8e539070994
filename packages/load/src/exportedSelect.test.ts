/** A SELECT of the user's: it can ask everything of the archive, and nothing else of anything. */
import * as fs from "node:fs"
import * as path from "node:path"
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { csvExport, fill, postgresExport, postgresExportAs } from "./ExportedArchive.fixture.ts"
import { exportedParquet } from "./ExportedParquet.fixture.ts"
import type { TableExport, TextFormat } from "./TableExport.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const both = [
  ["Postgres", postgresExport],
  ["CSV files", csvExport()],
] as const

const asked = (
  exports: TableExport["Service"],
  select: string,
  format: TextFormat["format"] = "csv",
  seconds = 60,
) =>
  Effect.gen(function* () {
    let text = ""
    const rows = yield* exports.text({ select, seconds }, { format, excel: false }, (chunk) =>
      Effect.sync(() => {
        text += Buffer.from(chunk).toString()
      }),
    )
    return { rows, text }
  })

/** Why it is refused. */
const refusal = (exports: TableExport["Service"], select: string, seconds?: number) =>
  Effect.map(
    Effect.flip(asked(exports, select, "csv", seconds)),
    ({ _tag, message }) => `${_tag}: ${message}`,
  )

const passwd = fs.existsSync("/etc/passwd")

layer(TestPostgres.layer, { excludeTestServices: true })("a SELECT", (it) => {
  for (const [which, open] of both) {
    it.effect(`of ${which} is answered as CSV, NDJSON and Parquet, in its own order`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const select = `WITH day AS (SELECT work_date, sum(output_total_size) AS bytes, count(*) AS rows, max(last_work_time) AS last,
            min(category_name) AS name, bool_and(percent > 0) AS begun, 0.25 AS quarter, max(anomalies) AS worst
          FROM encoding GROUP BY work_date)
          SELECT * FROM day ORDER BY work_date DESC -- the newest first`
        expect(yield* asked(exports, select)).toEqual({
          rows: 2,
          text:
            "work_date,bytes,rows,last,name,begun,quarter,worst\n" +
            "2021-09-13,1000,1,2021-09-11T15:00:01.000Z,drama,true,0.25,[]\n" +
            '2021-09-12,9007199254745993,7,2021-09-12T15:00:00.007Z,"",false,0.25,"[""percent: \\""a, b\\"""",""\\u0001\u2028\\\\ 각""]"\n',
        })
        const { text } = yield* asked(exports, select, "ndjson")
        expect(text.split("\n")[0]).toBe(
          '{"work_date":"2021-09-13","bytes":1000,"rows":1,"last":"2021-09-11T15:00:01.000Z","name":"drama","begun":true,"quarter":0.25,"worst":[]}',
        )
        const { cells, types, rows } = yield* exportedParquet(exports, { select, seconds: 60 })
        expect([rows, cells[1]!.slice(0, 3)]).toEqual([2, ["2021-09-12", "9007199254745993", "7"]])
        expect({ ...types, quarter: "" }).toEqual({
          ...{ work_date: "DATE", bytes: "DECIMAL(38,0)", rows: "BIGINT", last: "TIMESTAMP WITH TIME ZONE" },
          ...{ name: "VARCHAR", begun: "BOOLEAN", quarter: "", worst: "VARCHAR[]" },
        })
        expect(types["quarter"]).toBe(which === "Postgres" ? "DOUBLE" : "DECIMAL(3,2)")
      }),
    )

    it.effect(`of ${which} of one column that is NULL, and of no rows, is answered`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const link = "SELECT link FROM encoding ORDER BY link"
        const { rows, cells } = yield* exportedParquet(exports, { select: link, seconds: 60 })
        expect([rows, cells.filter(([cell]) => cell === null).length]).toEqual([8, 6])
        const none = "SELECT work_date, sum(output_total_size) AS bytes FROM encoding WHERE false GROUP BY 1"
        expect(yield* asked(exports, none)).toEqual({ rows: 0, text: "work_date,bytes\n" })
        expect(yield* asked(exports, none, "ndjson")).toEqual({ rows: 0, text: "" })
        const { types } = yield* exportedParquet(exports, { select: none, seconds: 60 }, true)
        expect(types).toMatchObject({ work_date: "DATE", bytes: "DECIMAL(38,0)" })
      }),
    )

    it.effect(`of ${which} that writes, or is more than one, or is none, is refused`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const refused = (select: string) => refusal(exports, select)
        const only = "one SELECT may be asked, and nothing that writes"
        expect(yield* refused("DELETE FROM encoding")).toBe(`SelectRefused: it begins with DELETE: ${only}`)
        expect(yield* refused("/* a */ -- b\n COPY encoding TO '/tmp/x'")).toBe(
          `SelectRefused: it begins with COPY: ${only}`,
        )
        expect(yield* refused("COPY (SELECT 1) TO PROGRAM 'id'")).toBe(
          `SelectRefused: it begins with COPY: ${only}`,
        )
        expect(yield* refused(" -- nothing")).toBe("SelectRefused: there is no SELECT in it")
        expect(yield* refused("SELECT 1 AS one; DELETE FROM encoding")).toBe(
          "SelectRefused: it holds a second statement: one SELECT may be asked",
        )
        expect(yield* refused("SELECT 1 AS one; COMMIT; SELECT 2")).toBe(
          "SelectRefused: it holds a second statement: one SELECT may be asked",
        )
        // What closes the parenthesis that it will stand in.
        for (const select of [
          "SELECT 1 AS one) TO STDOUT; DELETE FROM encoding; --",
          "SELECT 1 AS one) AS asked) TO '/tmp/broken-out' --",
        ])
          expect(yield* refused(select)).toMatch(
            /^SelectRefused: (it holds a second|syntax error at or near)/,
          )
        expect(yield* refused("WITH gone AS (DELETE FROM encoding RETURNING *) SELECT * FROM gone")).toMatch(
          which === "Postgres" ? /^SelectRefused: it writes: one SELECT/ : /^SelectRefused: /,
        )
        if (which === "Postgres")
          expect(yield* refused("SELECT status FROM encoding FOR UPDATE")).toBe(
            `SelectRefused: it writes: ${only}`,
          )
        expect(yield* refused("SELECT * INTO mine FROM encoding")).toMatch(/^SelectRefused: /)
        expect(yield* refused("SELECT 1 AS a, 2 AS a")).toMatch(/^SelectRefused: .*\ba\b/)
        expect(yield* refused("SELECT nothing FROM encoding")).toMatch(/^SelectRefused: .*nothing/)
        expect((yield* asked(exports, "SELECT count(*) AS rows FROM encoding")).text).toBe("rows\n8\n")
      }),
    )

    it.effect(`of ${which} with a mistake is refused with its place, and with what is advised`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const refused = (select: string) => refusal(exports, select)
        const ofPostgres = which === "Postgres"
        expect(yield* refused("-- 각 😀\nSELECT work_date,\n  '😀' AS a, statis FROM encoding")).toMatch(
          ofPostgres
            ? 'SelectRefused: column "statis" does not exist, at line 3, column 13. Perhaps you meant to reference the column "encoding.status"'
            : /^SelectRefused: Referenced column "statis" not found in FROM clause, at line 3\. Candidate bindings: "status".*[^.]$/,
        )
        expect(yield* refused("SELECT status\nFROM encodings")).toBe(
          ofPostgres
            ? 'SelectRefused: relation "encodings" does not exist, at line 2, column 6'
            : 'SelectRefused: Table with name encodings does not exist, at line 2, column 6. Did you mean "encoding"?',
        )
        expect(yield* refused("SELECT sum(percent FROM encoding")).toBe(
          'SelectRefused: syntax error at or near "FROM", at line 1, column 20',
        )
        expect(yield* refused("SELECT (1")).toMatch(/^SelectRefused: syntax error at end of input/)
        // Found while it is run, as a part of another statement.
        expect(yield* refused("SELECT 1 AS a,\n  cast(category_name AS date) AS b FROM encoding")).toMatch(
          ofPostgres
            ? /^SelectRefused: invalid input syntax for type date: "[\w ]*"$/
            : /^SelectRefused: invalid date field format: "[\w ]*", expected format is [^.]*$/,
        )
      }),
    )

    it.effect(`of ${which} is stopped when its time is over`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const started = Date.now()
        const endless =
          "SELECT count(*) AS n FROM generate_series(1, 10000000) AS a(x), generate_series(1, 10000000) AS b(y) WHERE x + y = 0"
        expect(yield* refusal(exports, endless, 1)).toBe(
          "SelectRefused: it was stopped after 1 s: ask for less, or give it more time with --timeout",
        )
        expect(Date.now() - started).toBeLessThan(10_000)
      }),
    )
  }

  it.effect.skipIf(!passwd)(
    "of Postgres reads no file of the server's, whatever its role may do (skipped: there is no /etc/passwd)",
    () =>
      Effect.gen(function* () {
        const { archive, exports, schema } = yield* postgresExport
        yield* fill(archive)
        const { query } = yield* TestPostgres
        expect(yield* query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toEqual([
          { rolsuper: true },
        ])
        yield* query(`CREATE FUNCTION ${schema}.mine() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'`)
        const may = (name: string) =>
          `SelectRefused: it may read nothing but the archive, and ${name} may do more`
        const tries: ReadonlyArray<readonly [string, string]> = [
          ["SELECT pg_read_file('/etc/passwd') AS text", may("pg_read_file")],
          ["SELECT * FROM pg_ls_dir('/etc')", may("pg_ls_dir")],
          ["SELECT lo_import('/etc/passwd') AS id", may("lo_import")],
          [
            "SELECT set_config('role', 'none', true) AS a, query_to_xml('SELECT pg_read_file(''/etc/passwd'')', true, true, '') AS b",
            may("query_to_xml"),
          ],
          [`SELECT U&"set\\005Fconfig"('transaction_read_only', 'off', true) AS a`, may("set_config")],
          [
            "SELECT 1 AS n FROM encoding WHERE pg_terminate_backend(1) ORDER BY pg_reload_conf()",
            may("pg_reload_conf"),
          ],
          [
            "SELECT * FROM pg_hba_file_rules",
            "SelectRefused: it may read nothing but the archive (permission denied for function pg_hba_file_rules)",
          ],
        ]
        for (const [select, says] of tries)
          expect([select, yield* refusal(exports, select)]).toEqual([select, says])
        expect(yield* refusal(exports, "SELECT * FROM read_csv('/etc/passwd')")).toEqual(
          expect.stringMatching(
            /^SelectRefused: function read_csv\(unknown\) does not exist, at line 1, column 15\. \S.*[^.]$/,
          ),
        )
        expect((yield* asked(exports, "SELECT mine() AS one, random() < 2 AS yes")).text).toBe(
          "one,yes\n1,true\n",
        )
      }),
  )

  it.effect("of Postgres that a plain role asks needs no right but to read", () =>
    Effect.gen(function* () {
      const { archive, schema } = yield* postgresExport
      yield* fill(archive)
      const { query, url } = yield* TestPostgres
      const role = `${schema}_reader`
      yield* Effect.acquireRelease(
        query(
          `CREATE ROLE ${role} LOGIN PASSWORD 'secret'; GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role}; REVOKE TEMPORARY ON DATABASE ${new URL(url).pathname.slice(1)} FROM PUBLIC`,
        ),
        () =>
          query(
            `DROP OWNED BY ${role}; DROP ROLE ${role}; GRANT TEMPORARY ON DATABASE ${new URL(url).pathname.slice(1)} TO PUBLIC`,
          ),
      )
      const { exports } = yield* postgresExportAs(schema, role)
      expect((yield* asked(exports, "SELECT count(*) AS rows FROM encoding")).text).toBe("rows\n8\n")
      expect(yield* refusal(exports, "SELECT pg_read_file('/etc/passwd') AS text")).toBe(
        "SelectRefused: it may read nothing but the archive (permission denied for function pg_read_file)",
      )
      expect(yield* refusal(exports, "SELECT 1 AS one; SELECT 2")).toBe(
        "SelectRefused: it holds a second statement: one SELECT may be asked",
      )
      expect(yield* refusal(exports, "SELECT nextval('x') AS n")).toMatch(/^SelectRefused: /)
    }),
  )

  it.effect.skipIf(!passwd)(
    "of CSV files reads no file but those of the archive, and writes none (skipped: there is no /etc/passwd)",
    () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* csvExport()
        yield* fill(archive)
        const before = fs.readdirSync(path.resolve(exports.place)).toSorted()
        const may = (name: string) =>
          `SelectRefused: it may read nothing but the archive, and ${name} may do more`
        const tries: ReadonlyArray<readonly [string, string | RegExp]> = [
          ["SELECT * FROM read_csv('/etc/passwd')", may("read_csv")],
          ["SELECT * FROM READ_TEXT('/etc/passwd')", may("read_text")],
          ["SELECT (SELECT max(content) FROM read_blob('/etc/passwd')) AS text", may("read_blob")],
          ["SELECT * FROM glob('/etc/*')", may("glob")],
          ["SELECT * FROM query('SELECT 1')", may("query")],
          [
            `SELECT * FROM enable_logging(storage = 'file', storage_path = '${path.resolve(exports.place)}')`,
            may("enable_logging"),
          ],
          ["SELECT * FROM '/etc/passwd'", /^SelectRefused: .*\/etc\/passwd/],
          ["SELECT * FROM '/etc/passwd.csv'", /^SelectRefused: .*\/etc\/passwd/],
          ["SELECT pg_read_file('/etc/passwd') AS text", /^SelectRefused: .*pg_read_file/],
          ["SELECT getenv('HOME') AS home", /^SelectRefused: .*getenv/],
        ]
        for (const [select, says] of tries)
          expect(yield* refusal(exports, select)).toEqual(
            typeof says === "string" ? says : expect.stringMatching(says),
          )
        expect(fs.readdirSync(path.resolve(exports.place)).toSorted()).toEqual(before)
      }),
  )
})
