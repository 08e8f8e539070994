/**
 * The tables of a CSV archive as an export gives them: by the names and with the columns that they have in Postgres, put
 * together from the files that they lie in.
 */
import type { StoredEncoding, SupersededEncoding } from "@vodstation-etl/core/Encoding"
import type { RunRecord } from "@vodstation-etl/core/RunRecord"
import { compareUtf8 } from "@vodstation-etl/core/compareUtf8"
import type { DayRange } from "../TableExport.ts"
import type { ArchiveFolder, DayFile } from "./ArchiveFolder.ts"
import type { ArchiveSettings } from "./ArchiveSettings.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import type { Cell } from "./CsvTable.ts"
import { readRuns } from "./RunLog.ts"
import { repeatedTimeText, timeText } from "./cellValues.ts"
import { encodingCells, encodingColumns, encodingTextColumns } from "./encodingTable.ts"
import { fileExists } from "./fileExists.ts"
import { historyTable } from "./historyTable.ts"
import { ledgerTable } from "./ledgerTable.ts"
import { heldDates } from "./lookAtDay.ts"
import { readCsvFile } from "./readCsvFile.ts"
import { readLedger } from "./readLedger.ts"
import { readStoredDay } from "./readStoredDay.ts"
import { rejectedTable } from "./rejectedTable.ts"

/** An archive that exists, and how its files are written. */
export interface CsvSource {
  readonly folder: ArchiveFolder
  readonly settings: ArchiveSettings
}

export interface ExportTable {
  readonly dated: boolean
  readonly columns: ReadonlyArray<string>
  /** Which of them a spreadsheet could find a formula in, by index. */
  readonly textColumns: ReadonlyArray<number>
  /** The rows as cells, by key, some hundred at a time. */
  readonly rows: (source: CsvSource, range: DayRange) => AsyncIterable<Array<Array<Cell>>>
}

const within = (range: DayRange, workDate: string): boolean =>
  (range.from === undefined || workDate >= range.from) &&
  (range.before === undefined || workDate < range.before)

/** Day by day; those whose files are not in their places yet are only in the ledger. */
const daily = <A>(
  read: (source: CsvSource, workDate: string) => AsyncIterable<Array<A>>,
  cellsOf: (workDate: string, row: A) => Array<Cell>,
): ExportTable["rows"] =>
  async function* (source, range) {
    const ledger = await readLedger(source.folder, source.settings)
    for (const workDate of await heldDates(source.folder, ledger))
      if (within(range, workDate))
        for await (const rows of read(source, workDate)) yield rows.map((row) => cellsOf(workDate, row))
  }

const encoding: ExportTable = {
  dated: true,
  columns: [...encodingColumns, "raw", "first_seen_at", "changed_at", "run_id"],
  textColumns: [...encodingTextColumns, 15],
  rows: daily(
    ({ folder, settings }, workDate) => readStoredDay(folder, settings, workDate),
    (workDate, row: StoredEncoding) => [
      ...encodingCells(workDate, row),
      row.raw,
      repeatedTimeText(row.firstSeenAt),
      repeatedTimeText(row.changedAt),
      row.runId,
    ],
  ),
}

/** A day's file may go between being found and being opened: then the day has none any more. */
async function* readDayFile<A>(
  folder: ArchiveFolder,
  file: DayFile,
  workDate: string,
  table: Parameters<typeof readCsvFile<A>>[1],
  dialect: CsvDialect,
): AsyncGenerator<Array<A>> {
  const path = folder.dayFile(file, workDate)
  if (await fileExists(path)) yield* readCsvFile(path, table, dialect)
}

const history: ExportTable = {
  dated: true,
  columns: historyTable("").columns,
  textColumns: historyTable("").textColumns,
  rows: daily(
    ({ folder, settings }, workDate) =>
      readDayFile(folder, "encoding_history", workDate, historyTable(workDate), settings),
    (workDate, row: SupersededEncoding) => historyTable(workDate).toCells(row),
  ),
}

const rejected: ExportTable = {
  dated: true,
  columns: rejectedTable("").columns,
  textColumns: rejectedTable("").textColumns,
  rows: daily(
    ({ folder, settings }, workDate) =>
      readDayFile(folder, "rejected", workDate, rejectedTable(workDate), settings),
    (workDate, row) => rejectedTable(workDate).toCells(row),
  ),
}

const ledger: ExportTable = {
  dated: true,
  columns: ledgerTable.columns,
  textColumns: ledgerTable.textColumns,
  rows: async function* ({ folder, settings }, range) {
    const days = await readLedger(folder, settings)
    yield days.filter(({ workDate }) => within(range, workDate)).map(ledgerTable.toCells)
  },
}

const runColumns = [
  ...["run_id", "command", "started_at", "finished_at", "outcome"],
  ...["days_planned", "days_skipped", "days_closed", "days_open", "days_failed"],
  ...[
    "rows_read",
    "rows_inserted",
    "rows_changed",
    "rows_unchanged",
    "rows_missing",
    "rows_withdrawn",
    "rows_rejected",
  ],
  ...["requests", "retries", "options", "version"],
]

const runCells = ({ end, ...run }: RunRecord): Array<Cell> => {
  const counts =
    end === null
      ? Array<null>(14).fill(null)
      : [
          ...[end.days.planned, end.days.skipped, end.days.closed, end.days.open, end.days.failed],
          ...[end.rows.read, end.rows.inserted, end.rows.changed, end.rows.unchanged],
          ...[end.rows.missing, end.rows.withdrawn, end.rows.rejected, end.requests, end.retries],
        ].map(String)
  return [
    ...[run.runId, run.command, timeText(run.startedAt)],
    ...[end === null ? null : timeText(end.finishedAt), end?.outcome ?? null],
    ...counts,
    ...[JSON.stringify(run.options), run.version],
  ]
}

const runs: ExportTable = {
  dated: false,
  columns: runColumns,
  textColumns: [1, 4, 19, 20],
  rows: async function* ({ folder }) {
    const found = await readRuns(folder, Infinity)
    yield found.toSorted((a, b) => compareUtf8(a.runId, b.runId)).map(runCells)
  },
}

const settings: ExportTable = {
  dated: false,
  columns: ["name", "value"],
  textColumns: [0, 1],
  rows: async function* ({ settings: { timeZone, host, facts = {} } }) {
    // As Postgres names them (postgres/apiFacts.ts).
    const found = Object.entries(facts).map(([name, value]): [string, string] => [`api_${name}`, value])
    const named: Array<[string, string | null]> = [["time_zone", timeZone], ["host", host], ...found]
    yield named.filter(([, value]) => value !== null).toSorted(([a], [b]) => compareUtf8(a, b))
  },
}

/** By name. */
export const exportTables: Readonly<Record<string, ExportTable>> = {
  archive_setting: settings,
  encoding,
  encoding_history: history,
  extraction_day: ledger,
  extraction_run: runs,
  rejected_record: rejected,
}
