/**
 * The ledger of an archive that this process may write: in memory, since no one else writes, and as the text of `ledger.csv`.
 * Several days are in flight at once and each commit rewrites that file, so commits go through here one at a time.
 */
import * as path from "node:path"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { commitSteps, placeSteps, runSteps } from "./commitDay.ts"
import type { DayChange } from "./commitDay.ts"
import { csvHeader, csvRows } from "./csvText.ts"
import { ledgerTable } from "./ledgerTable.ts"
import { replaceFile } from "./writeSynced.ts"

interface Entry {
  readonly day: LedgerDay
  /** Its line in the file. Kept, since ten years of days are rewritten for every one of them. */
  readonly line: string
}

/** Methods that return a promise must not overlap: the caller holds a lock around them. */
export class CsvLedger {
  private readonly folder: ArchiveFolder
  private readonly dialect: CsvDialect
  private readonly before: (step: string) => void
  private entries: ReadonlyMap<string, Entry>
  /** A day that was committed but could not be put into place: to be tried again before anything else is written. */
  private unfinished: DayChange | undefined = undefined

  /** @param before see `BeforeCommitStep` */
  constructor(
    folder: ArchiveFolder,
    dialect: CsvDialect,
    days: ReadonlyArray<LedgerDay>,
    before: (step: string) => void,
  ) {
    this.folder = folder
    this.dialect = dialect
    this.before = before
    this.entries = new Map(days.map((day) => [day.workDate, this.entryOf(day)]))
  }

  get(workDate: string): LedgerDay | undefined {
    return this.entries.get(workDate)?.day
  }

  /** In the order of their dates. */
  get days(): ReadonlyArray<LedgerDay> {
    return [...this.entries.values()].map(({ day }) => day)
  }

  /** Sets days, and nothing but the ledger. */
  async replaceDays(days: ReadonlyArray<LedgerDay>): Promise<void> {
    await this.finishUnfinished()
    const entries = this.entriesWith(days)
    await replaceFile(this.folder.ledger, path.join(this.folder.pending, "ledger.csv"), this.textOf(entries))
    this.entries = entries
  }

  /** Commits what lies in the day's staging folder, with its line of the ledger. */
  async commit(change: DayChange, day: LedgerDay): Promise<void> {
    await this.finishUnfinished()
    const entries = this.entriesWith([day])
    await runSteps(commitSteps(this.folder, change, this.textOf(entries)), this.before)
    this.entries = entries
    this.unfinished = change
    await this.finishUnfinished()
  }

  /** Whether the day is committed and still needs its staging folder. */
  isUnfinished(workDate: string): boolean {
    return this.unfinished?.workDate === workDate
  }

  private async finishUnfinished(): Promise<void> {
    if (this.unfinished === undefined) return
    await runSteps(placeSteps(this.folder, this.unfinished), this.before)
    this.unfinished = undefined
  }

  private entryOf(day: LedgerDay): Entry {
    return { day, line: csvRows(ledgerTable, this.dialect, [day]) }
  }

  private entriesWith(days: ReadonlyArray<LedgerDay>): ReadonlyMap<string, Entry> {
    const entries = new Map(this.entries)
    const last = [...entries.keys()].at(-1) ?? ""
    for (const day of days) entries.set(day.workDate, this.entryOf(day))
    if (days.length === 1 && days[0]!.workDate >= last) return entries
    return new Map([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  private textOf(entries: ReadonlyMap<string, Entry>): string {
    return (
      csvHeader(ledgerTable.columns, this.dialect) + [...entries.values()].map(({ line }) => line).join("")
    )
  }
}
