/**
 * For tests: what LibreOffice makes of CSV files, opened as Excel does: in UTF-8, as the byte order mark says, with texts
 * that look like dates, times or fractions taken for such.
 */
import { spawnSync } from "node:child_process"
import * as fs from "node:fs"
import * as path from "node:path"
import { parse } from "csv-parse/sync"

/** LibreOffice Calc is there. */
export const hasLibreOffice = spawnSync("soffice", ["--version"]).status === 0

export interface SheetCell {
  /** A number's in full, whatever its format shows. */
  readonly value: string
  readonly isText: boolean
}

/** Windows' numbers for the languages whose dates and numbers LibreOffice looks for. */
export const languages = { English: 1033, Korean: 1042 }

/** What a spreadsheet makes of a text: it has one kind of line end in a cell, and neither NULL nor control characters. */
export const asShown = (text: string) =>
  text.replaceAll(/\r\n?/g, "\n").replaceAll(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, "")

/** The rows of each file, by its name without its ending, header first. */
export const openInSpreadsheet = (
  files: ReadonlyArray<string>,
  language: number,
  scratch: string,
): Readonly<Record<string, ReadonlyArray<ReadonlyArray<SheetCell>>>> => {
  const out = path.join(scratch, `opened-${language}`)
  const { status, stderr } = spawnSync(
    "soffice",
    [
      // Apart from the settings of whoever runs the tests.
      ...["--headless", `-env:UserInstallation=file://${path.join(scratch, "profile")}`],
      // Comma, quotes, UTF-8, from the first line, all columns alike; quoted cells may be numbers; dates are looked for.
      `--infilter=CSV:44,34,76,1,,${language},false,true`,
      // Written again with texts in quotes and nothing else, and numbers as they are and not as they are shown.
      ...["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false", "--outdir", out],
      ...files,
    ],
    { encoding: "utf8", timeout: 120_000 },
  )
  if (status !== 0) throw new Error(`soffice ended with ${status}: ${stderr}`)
  return Object.fromEntries(
    files.map((file) => {
      const name = path.basename(file, ".csv")
      const cells = parse(fs.readFileSync(path.join(out, `${name}.csv`), "utf8"), {
        bom: true,
        relax_column_count: true,
        cast: (value, { quoting }): SheetCell => ({ value, isText: quoting }),
      }) as unknown as Array<Array<SheetCell>>
      return [name, cells]
    }),
  )
}
