/** For tests: what an export gives, as text and as Python's strict reader understands it. */
import { spawnSync } from "node:child_process"
import { parse } from "csv-parse/sync"
import { Effect } from "effect"
import type { DayRange, TableExport, TextFormat } from "./TableExport.ts"

/** The whole file and the count of its rows. */
export const exportedText = (
  archive: TableExport["Service"],
  table: string,
  { from, before, format = "csv", excel = false }: Partial<DayRange & TextFormat> = {},
) =>
  Effect.gen(function* () {
    const chunks: Array<Uint8Array> = []
    const rows = yield* archive.text({ table, from, before }, { format, excel }, (chunk) =>
      Effect.sync(() => void chunks.push(chunk)),
    )
    return { rows, text: Buffer.concat(chunks).toString("utf8") }
  })

/** Python 3 is there. */
export const hasPython = spawnSync("python3", ["--version"]).status === 0

const program = `
import csv, io, json, sys
def read(file):
    text = file["text"].encode("utf-8").decode("utf-8-sig" if file["excel"] else "utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))
json.dump([read(file) for file in json.load(sys.stdin)], sys.stdout)`

interface CsvFile {
  readonly text: string
  readonly excel: boolean
}

/** The records of each file as Python's `csv` reads them with `strict=True`; NULL and the empty string are alike to it. */
export const readByPython = (files: ReadonlyArray<CsvFile>): Array<Array<Array<string>>> => {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(files),
    encoding: "utf8",
    maxBuffer: 1e8,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** csvkit is there. */
export const hasCsvclean = spawnSync("csvclean", ["--version"]).status === 0

/** What csvkit's `csvclean` finds wrong with a file, in its words. */
export const complaintsOfCsvclean = ({ text, excel }: CsvFile): string =>
  spawnSync("csvclean", ["--dry-run", "--encoding", excel ? "utf-8-sig" : "utf-8"], {
    input: text,
    encoding: "utf8",
  }).stdout

/** The same as csv-parse reads them. */
export const readByParser = ({ text, excel }: CsvFile): Array<Array<string>> =>
  parse(text, { bom: excel, record_delimiter: excel ? "\r\n" : "\n" })
