/** Which cells of a file for Excel get an apostrophe, and that Postgres gives them to the same ones. */
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import { describe, it } from "vitest"
import { defuse, keepDigits, restore } from "@vodstation-etl/core/spreadsheetText"
import type { ExportColumn } from "../postgres/exportQuery.ts"
import { exportQuery } from "../postgres/exportQuery.ts"
import { TestPostgres } from "../postgres/TestPostgres.fixture.ts"
import { mistakableText, mistaken, unmistaken } from "./mistakableText.arbitrary.ts"

describe("an apostrophe", () => {
  it.each(mistaken)("is put before %j, which a spreadsheet would take for something else", (text) => {
    expect(defuse(text)).toBe(`'${text}`)
  })

  it.each(unmistaken)("is not put before %j", (text) => {
    expect(defuse(text)).toBe(text)
  })

  it("is put before numbers of more than fifteen digits, and no shorter ones", () => {
    const numbers = [
      "0",
      "-5",
      "999999999999999",
      "-999999999999999",
      "1000000000000000",
      "-9007199254740993",
    ]
    expect(numbers.map(keepDigits)).toEqual([
      ...numbers.slice(0, 4),
      ...numbers.slice(4).map((text) => `'${text}`),
    ])
    expect(keepDigits("9223372036854775807.25")).toBe("'9223372036854775807.25")
  })

  it("is put before a number in any script's digits", () => {
    const characters = Array.from({ length: 0x1_00_00 }, (_, code) => String.fromCharCode(code))
    const digits = characters.filter((character) => /\p{Nd}/u.test(character) && !/[0-9]/.test(character))
    expect(digits.length).toBeGreaterThan(300)
    expect(digits.map(defuse)).toEqual(digits.map((digit) => `'${digit}`))
  })

  it("goes when it is taken away again, and a text's own stays", () =>
    fc.assert(
      fc.property(mistakableText, (text) => {
        expect(restore(defuse(text))).toBe(text)
      }),
      { numRuns: 2_000 },
    ))

  it("costs no time to speak of in a long text", () => {
    const began = performance.now()
    for (const text of ["1".repeat(1e6), "dec1".repeat(2e5), " ".repeat(1e6)]) defuse(`${text}x`)
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

const column = (name: string, type: string): ExportColumn => ({
  ...{ table: "texts", column: name, type, declared: type, otherCollation: false },
  keyPosition: name === "position" ? 1 : null,
})
const columns = [
  column("position", "integer"),
  column("text", "text"),
  column("whole", "bigint"),
  column("sum", "numeric"),
]

layer(TestPostgres.layer, { excludeTestServices: true })("Postgres", (it) => {
  it.effect("puts it before the same texts and numbers", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      yield* query(
        `CREATE SCHEMA ${schema};
         CREATE COLLATION ${schema}.alike (PROVIDER = icu, LOCALE = 'und-u-ks-level1', DETERMINISTIC = false);
         CREATE TABLE ${schema}.texts ("position" int, text text COLLATE ${schema}.alike, whole bigint, sum numeric)`,
      )
      // Postgres holds no NUL and no lone surrogates.
      const texts = [
        ...[...mistaken, ...unmistaken],
        ...fc.sample(mistakableText, 3_000).filter((text) => text.isWellFormed() && !text.includes("\0")),
      ]
      const numbers = fc.sample(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), texts.length)
      const wholes = numbers.map((number, index) => String(number / 10n ** BigInt(index % 19)))
      const sums = wholes.map((whole, index) => (index % 2 === 0 ? `${whole}.5` : whole))
      yield* query(
        `INSERT INTO ${schema}.texts SELECT "position", text, whole, sum
         FROM unnest($1::text[], $2::bigint[], $3::numeric[]) WITH ORDINALITY AS given (text, whole, sum, "position")`,
        [texts, wholes, sums],
      )
      const asked = { table: "texts", from: undefined, before: undefined }
      const statement = exportQuery(columns, asked, { format: "csv", excel: true })
      const rows = yield* query(statement.replace('FROM "texts"', `FROM ${schema}."texts"`))
      expect(rows.map(({ text }) => text)).toEqual(texts.map(defuse))
      expect(rows.map(({ whole }) => whole)).toEqual(wholes.map(keepDigits))
      expect(rows.map(({ sum }) => sum)).toEqual(sums.map(keepDigits))
    }),
  )
})
