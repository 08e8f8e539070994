/**
 * `check` of one work day: what the archive holds of it, against the ledger and against itself. Pure; the same for every
 * archive. The states come in the order of their keys, a row at a time, so that memory does not grow with the day.
 */
import { compareKeys } from "./compareEncodings.ts"
import type { StoredEncoding } from "./Encoding.ts"
import { isTerminal } from "./Encoding.ts"
import type { Finding, FindingKey, Rule } from "./Finding.ts"
import { checkStates, type HeldState } from "./checkStates.ts"
import type { StoredReject } from "./mergeRejects.ts"
import type { LedgerDay } from "./Reading.ts"
import { SnapshotDigest } from "./SnapshotDigest.ts"

export interface DayCounts {
  /** Rows that the API still lists, as far as the archive knows. */
  readonly present: number
  /** Rows that it has forgotten. */
  readonly missing: number
  /** States in the history. */
  readonly past: number
  /** Rows that could not be understood. */
  readonly rejected: number
}

export interface CheckedDay {
  readonly counts: DayCounts
  readonly findings: ReadonlyArray<Finding>
  /** How many there are; no more than `maxFindings` are told. */
  readonly found: number
}

/** Findings of one day that are told: with more of them the day is lost anyway. */
export const maxFindings = 100

export class DayCheck {
  private readonly workDate: string
  private readonly findings: Array<Finding> = []
  private found = 0
  private group: Array<HeldState> = []
  private present = 0
  private missing = 0
  private past = 0
  private unfinished = 0
  private latest = Number.NEGATIVE_INFINITY
  private readonly digest = new SnapshotDigest()
  /** The one reading that all rows that are present come from, as they are; undefined if there are several. */
  private origin: Pick<StoredEncoding, "changedAt" | "runId"> | null | undefined = null

  constructor(workDate: string) {
    this.workDate = workDate
  }

  /** More states, present and past, in the order of their keys. */
  add(states: ReadonlyArray<HeldState>): void {
    for (const state of states) {
      if (this.group.length > 0 && compareKeys(this.group[0]!, state) !== 0) this.endGroup()
      this.group.push(state)
      this.count(state)
    }
  }

  /** @param damage why the day could not be read to its end: then nothing else can be said of it */
  end(
    ledger: LedgerDay | undefined,
    rejects: ReadonlyArray<StoredReject>,
    damage: string | null,
  ): CheckedDay {
    this.endGroup()
    const rejected = rejects.reduce((sum, { count }) => sum + count, 0)
    const counts = { present: this.present, missing: this.missing, past: this.past, rejected }
    if (damage !== null) this.report("unreadable", null, damage)
    else if (ledger === undefined || ledger.readAt === null) this.expectNothing(ledger, counts)
    else {
      this.compareCounts(ledger, counts)
      this.compareReading(ledger, ledger.readAt, counts, rejects)
    }
    return { counts, findings: this.findings, found: this.found }
  }

  private endGroup(): void {
    const [first] = this.group
    if (first === undefined) return
    checkStates(this.group, (rule, message) => this.report(rule, first, message))
    this.group = []
  }

  private count(state: HeldState): void {
    this.latest = Math.max(this.latest, state.changedAt, state.supersededAt ?? 0, state.missingSince ?? 0)
    if (state.supersededAt !== null) {
      this.past++
      return
    }
    if (state.missingSince !== null) {
      this.missing++
      return
    }
    this.present++
    if (!isTerminal(state)) this.unfinished++
    this.digest.addRow(state)
    const { origin } = this
    if (state.firstSeenAt !== state.changedAt) this.origin = undefined
    else if (origin === null) this.origin = state
    else if (origin?.changedAt !== state.changedAt || origin.runId !== state.runId) this.origin = undefined
  }

  private expectNothing(ledger: LedgerDay | undefined, counts: DayCounts): void {
    const { present, missing, past, rejected } = counts
    if (present + missing + past + rejected === 0) return
    const says = ledger === undefined ? "does not know the day" : "says that it was never loaded"
    this.report(
      "unaccounted",
      null,
      `it holds ${present + missing} rows, ${past} past states and ${rejected} rejects, but the ledger ${says}`,
    )
  }

  /** A weak reading leaves rows and rejects that it does not show, so that there may be more of them while a day is open. */
  private compareCounts(ledger: LedgerDay, { present, rejected }: DayCounts): void {
    const closed = ledger.state === "closed"
    const compare = (rule: Rule, what: string, held: number, told: number | null) => {
      if (told === null || held < told || (closed && held > told))
        this.report(rule, null, `the ledger says ${told ?? "nothing"} of ${what}, ${held} are there`)
    }
    compare("rowCount", "rows", present, ledger.rowCount)
    compare("rejectedRows", "rejects", rejected, ledger.rejectedRows)
    // A closed day has none.
    const open = closed && ledger.openRows === this.unfinished ? 0 : ledger.openRows
    compare("openRows", "rows that have not ended", this.unfinished, open)
  }

  private compareReading(
    ledger: LedgerDay,
    readAt: number,
    { present, rejected }: DayCounts,
    rejects: ReadonlyArray<StoredReject>,
  ): void {
    const { apiTotal, rowCount, rejectedRows, proof, state } = ledger
    const came = (rowCount ?? 0) + (rejectedRows ?? 0)
    // Of rows that no two readings showed alike, some are left out; that day is weak and open.
    const inPart = proof === "count" && state !== "closed"
    if (apiTotal === null || (inPart ? apiTotal < came : apiTotal !== came)) {
      this.report(
        "total",
        null,
        `the API's total was ${apiTotal ?? "not kept"}, and ${rowCount} rows and ${rejectedRows} rejects came`,
      )
    }
    if (state === "closed" && proof !== "single-page" && proof !== "pigeonhole")
      this.report("proof", null, `it is closed, but its proof is ${proof ?? "not kept"}`)
    if (this.latest > readAt) {
      const [later, last] = [this.latest, readAt].map((ms) => new Date(ms).toISOString())
      this.report("times", null, `something happened at ${later}, after the last reading, ${last}`)
    }
    // A later reading can have left requested times narrower than its own, and its digest is of its own.
    const { origin } = this
    const asRead = origin === null || (origin?.changedAt === ledger.readAt && origin.runId === ledger.runId)
    if (!asRead || present !== rowCount || rejected !== rejectedRows || ledger.digest === null) return
    for (const reject of rejects)
      for (let copy = 0; copy < reject.count; copy++) this.digest.addReject(reject)
    if (String(this.digest) !== ledger.digest)
      this.report("contents", null, "its rows are not those that were read: something was changed since")
  }

  private report(rule: Rule, row: HeldState | null, message: string): void {
    this.found++
    if (this.findings.length < maxFindings)
      this.findings.push({ day: this.workDate, rule, key: row === null ? null : keyOf(row), message })
  }
}

const keyOf = ({ categoryId, filePath, outputType, occurrence }: HeldState): FindingKey => ({
  categoryId: String(categoryId),
  filePath,
  outputType,
  occurrence,
})
