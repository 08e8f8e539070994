/**
 * Reads a CSV file of the archive as a stream of rows, some hundred at a time. The header must be the one that the archive
 * writes, and every cell readable: a file that was edited by hand is refused with the place that is wrong.
 */
import * as fs from "node:fs"
import * as path from "node:path"
import { parse } from "csv-parse"
import type { Parser } from "csv-parse"
import { restore } from "@vodstation-etl/core/spreadsheetText"
import { parseOptions } from "./CsvDialect.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import type { Cell, CsvTable } from "./CsvTable.ts"
import { DamagedFile } from "./DamagedFile.ts"

/** Fails with a `DamagedFile` that names the file and the record. A file that is not there is an `ENOENT`. */
export async function* readCsvFile<A>(
  file: string,
  table: CsvTable<A>,
  dialect: CsvDialect,
): AsyncGenerator<Array<A>> {
  const name = `${path.basename(path.dirname(file))}/${path.basename(file)}`
  let rows: Array<A> = []
  let record = 0
  const take = (cells: Array<Cell>) => {
    if (record++ === 0) checkHeader(cells, table)
    else {
      if (dialect.excel) restoreCells(cells)
      rows.push(table.fromCells(cells))
    }
    // Rows are taken here and not pushed on, so that the parser never waits for a reader.
    return null
  }
  const parser = parse({ ...parseOptions(dialect), on_record: take })
  // Errors reach us through the callbacks; without a listener they would also end the process.
  parser.on("error", () => undefined)
  parser.resume()
  const source = fs.createReadStream(file)
  try {
    for await (const chunk of source) {
      await feed(parser, (done) => parser.write(chunk, done)).catch(damaged(name, () => record))
      if (rows.length > 0) yield rows
      rows = []
    }
    await feed(parser, (done) => parser.end(done)).catch(damaged(name, () => record))
    if (record === 0) throw new DamagedFile(`${name} is empty, without even a header`, file)
    if (rows.length > 0) yield rows
  } finally {
    source.destroy()
    parser.destroy()
  }
}

const feed = (parser: Parser, act: (done: (cause?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (cause: Error) => reject(cause)
    parser.once("error", failed)
    act((cause) => {
      parser.off("error", failed)
      if (cause) reject(cause)
      else resolve()
    })
  })

const damaged = (name: string, record: () => number) => (cause: Error) => {
  throw new DamagedFile(`${name} was damaged or edited, at record ${record()}: ${cause.message}`, name, {
    cause,
  })
}

const checkHeader = <A>(cells: Array<Cell>, table: CsvTable<A>): void => {
  if (cells.length !== table.columns.length || !table.columns.every((column, at) => cells[at] === column))
    throw new Error(`its columns are not ${table.columns.join(",")}`)
}

const restoreCells = (cells: Array<Cell>): void => {
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column]
    if (typeof cell === "string") cells[column] = restore(cell)
  }
}
