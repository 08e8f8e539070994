/** Files for Excel, opened in LibreOffice and held against the archive cell by cell: nothing is lost, nothing computed. */
import * as fs from "node:fs"
import * as path from "node:path"
import { expect, layer } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { Effect } from "effect"
import * as fc from "fast-check"
import { filesOf, freshFolder, writableFolder } from "./csv/CsvFolder.fixture.ts"
import { csvHeader, csvRecords } from "./csv/csvText.ts"
import { restore } from "@vodstation-etl/core/spreadsheetText"
import { mistakableText, mistaken, unmistaken } from "./csv/mistakableText.arbitrary.ts"
import { csvExport, fill, postgresExport } from "./ExportedArchive.fixture.ts"
import { exportedText } from "./exportedText.fixture.ts"
import type { SheetCell } from "./Spreadsheet.fixture.ts"
import { asShown, hasLibreOffice, languages, openInSpreadsheet } from "./Spreadsheet.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const reason = hasLibreOffice ? "" : " (skipped: there is no soffice)"

/** A folder that goes when the test ends. */
const scratchFolder = Effect.tap(freshFolder, (folder) => Effect.sync(() => fs.mkdirSync(folder)))

/** What the archive has, and what is seen of it once the apostrophe is taken away. */
const sameCells = (
  opened: ReadonlyArray<ReadonlyArray<SheetCell>>,
  plain: ReadonlyArray<ReadonlyArray<string>>,
) => {
  const percent = plain[0]!.indexOf("percent")
  const seen = opened.map((row) =>
    row.map(({ value }, column) => (column === percent ? rounded(value) : asShown(restore(value)))),
  )
  const held = plain.map((row) =>
    row.map((cell, column) => (column === percent ? rounded(cell) : asShown(cell))),
  )
  expect(seen).toEqual(held)
}

/** A measure is left a number, of which a spreadsheet keeps fifteen digits. */
const rounded = (cell: string) => (cell === "" || cell === "percent" ? cell : Number(cell).toPrecision(14))

const tables = ["encoding", "encoding_history", "extraction_day", "extraction_run", "rejected_record"]

layer(TestPostgres.layer, { excludeTestServices: true })("a spreadsheet", (it) => {
  for (const [language, number] of Object.entries(languages)) {
    it.effect.skipIf(!hasLibreOffice)(`in ${language} shows every text as it is, as a text${reason}`, () =>
      Effect.gen(function* () {
        const scratch = yield* scratchFolder
        const texts = [
          ...[...mistaken, ...unmistaken],
          ...fc.sample(mistakableText, 3_000).filter((text) => text.isWellFormed() && asShown(text) === text),
        ]
        const file = path.join(scratch, "texts.csv")
        const dialect = { excel: true }
        const rows = texts.map((text, index) => [String(index), text])
        fs.writeFileSync(file, csvHeader(["index", "text"], dialect) + csvRecords([1], dialect, rows))
        const [, ...opened] = openInSpreadsheet([file], number, scratch)["texts"]!
        const isWhole = (text: string) => /^(0|[1-9]\d{0,14})$/.test(text)
        expect(opened.map(([, cell]) => ({ ...cell, value: restore(cell!.value) }))).toEqual(
          texts.map((text) => ({ value: asShown(text), isText: text !== "" && !isWhole(text) })),
        )
      }),
    )
  }

  for (const [which, open] of [
    ["Postgres", postgresExport],
    ["CSV files", csvExport()],
  ] as const) {
    it.effect.skipIf(!hasLibreOffice)(`shows an export from ${which} as the archive has it${reason}`, () =>
      Effect.gen(function* () {
        const scratch = yield* scratchFolder
        const { archive, exports } = yield* open
        yield* fill(archive)
        const written = yield* Effect.forEach(tables, (table) =>
          Effect.gen(function* () {
            const file = path.join(scratch, `${table}.csv`)
            fs.writeFileSync(file, (yield* exportedText(exports, table, { excel: true })).text)
            return { table, file, plain: parse((yield* exportedText(exports, table)).text) }
          }),
        )
        const files = written.map(({ file }) => file)
        const opened = openInSpreadsheet(files, languages.Korean, scratch)
        for (const { table, plain } of written) sameCells(opened[table]!, plain)
        const paths = opened["encoding"]!.map((row) => row[2]!.value)
        expect(paths).toContain("/드라마/한글 파일, 1화.mp4")
        expect(opened["encoding"]!.flat().map(({ value }) => value)).toContain("'9007199254740993")
      }),
    )
  }

  it.effect.skipIf(!hasLibreOffice)(
    `shows the daily files of an archive for Excel as they are${reason}`,
    () =>
      Effect.gen(function* () {
        const scratch = yield* scratchFolder
        const filled = (excel: boolean) =>
          Effect.gen(function* () {
            const folder = yield* freshFolder
            yield* fill(yield* writableFolder(folder, { excel }))
            return { folder, files: filesOf(folder) }
          })
        const plain = (yield* filled(false)).files
        const { folder, files } = yield* filled(true)
        const names = Object.keys(files).filter((name) => name.endsWith(".csv"))
        expect(names).toHaveLength(7)
        // Days have the same name in each folder.
        const flat = names.map((name) => {
          const file = path.join(scratch, name.replaceAll("/", "."))
          fs.copyFileSync(path.join(folder, name), file)
          return file
        })
        const opened = openInSpreadsheet(flat, languages.Korean, scratch)
        for (const name of names)
          sameCells(opened[name.replaceAll("/", ".").slice(0, -4)]!, parse(plain[name]!))
      }),
  )
})
