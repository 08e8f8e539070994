/**
 * The anomalies of some days. Few rows have any, and `status` must not take seconds to look for them: so the bytes of a
 * file are searched, and nothing is parsed but the last cell of such a row.
 *
 * A record ends with its anomalies, `[]` or a JSON array of texts, which CSV has to quote: `,"[""link: neither …""]"` and the line's
 * end. Within a quoted cell every quote is doubled, so that both ends of such a cell are found nowhere else.
 */
import * as fs from "node:fs/promises"
import type { ReasonCount } from "../ReasonCount.ts"
import { ReasonCounts } from "../ReasonCount.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { readTexts } from "./cellValues.ts"
import { recordDelimiter } from "./CsvDialect.ts"
import { fileExists } from "./fileExists.ts"

const cellBegin = ',"[""'

/** @param days in order; those without rows are passed over */
export const countAnomalies = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  days: ReadonlyArray<{ readonly workDate: string }>,
): Promise<ReadonlyArray<ReasonCount>> => {
  const counts = new ReasonCounts()
  for (const { workDate } of days) {
    const file = folder.dayFile("encoding", workDate)
    if (!(await fileExists(file))) continue
    for (const anomaly of anomaliesIn(await fs.readFile(file), dialect)) counts.add(anomaly, workDate, 1)
  }
  return counts.all
}

function* anomaliesIn(bytes: Buffer, dialect: CsvDialect): Generator<string> {
  const cellEnd = `""]"${recordDelimiter(dialect)}`
  for (let at = bytes.indexOf(cellEnd); at !== -1; at = bytes.indexOf(cellEnd, at + cellEnd.length)) {
    const begin = bytes.lastIndexOf(cellBegin, at)
    const text = bytes.toString("utf8", begin + 2, at + 3)
    yield* readTexts(text.replaceAll('""', '"'))
  }
}
