/** What `check` tells, as one JSON object or in words. */
import type { CheckedDay, DayCounts } from "@vodstation-etl/core/DayCheck"
import type { Finding, FindingKey, Rule } from "@vodstation-etl/core/Finding"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { counted, grouped } from "./countInWords.ts"
import { coverageOf } from "./coverage.ts"
import { tableOf } from "./tableOf.ts"

/** The shape of `check --json`: keys may be added, never renamed. */
export interface CheckReport {
  readonly command: "check"
  readonly archive: string
  readonly timeZone: string
  readonly outcome: "whole" | "off"
  /** `missing`: never asked for, between the first and the last day; no fault of the archive. */
  readonly days: {
    readonly checked: number
    readonly closed: number
    readonly open: number
    readonly failed: number
    readonly missing: number
  }
  readonly rows: DayCounts
  /** How many things are off. */
  readonly found: number
  /** Them, by day; of very many only the first ones. */
  readonly findings: ReadonlyArray<Finding>
}

/** Findings that are told, over all days. */
const most = 10_000
/** Lines of the table in words. */
const shown = 20

export const checkReport = (
  archive: string,
  timeZone: string,
  ledger: ReadonlyArray<LedgerDay>,
  days: ReadonlyArray<CheckedDay>,
): CheckReport => {
  const { closed, open, failed, missing } = coverageOf(ledger, ledger.at(-1)?.workDate ?? "")
  const sum = (of: (day: CheckedDay) => number) => days.reduce((total, day) => total + of(day), 0)
  const found = sum((day) => day.found)
  return {
    command: "check",
    archive,
    timeZone,
    outcome: found === 0 ? "whole" : "off",
    days: { checked: days.length, closed, open, failed, missing },
    rows: {
      present: sum(({ counts }) => counts.present),
      missing: sum(({ counts }) => counts.missing),
      past: sum(({ counts }) => counts.past),
      rejected: sum(({ counts }) => counts.rejected),
    },
    found,
    findings: days.flatMap((day) => day.findings).slice(0, most),
  }
}

const rowOf = (key: FindingKey | null): string =>
  key === null
    ? ""
    : `${key.categoryId} ${key.filePath === "" ? "(no path)" : key.filePath} ${key.outputType} #${key.occurrence}`

/** What reading a day again cannot bring back. */
const ofThePast: ReadonlySet<Rule> = new Set(["overlap", "unrecorded", "lost", "times"])

/** A line for each day and rule, with its first row. */
const tableOfFindings = (findings: ReadonlyArray<Finding>, columns?: number): ReadonlyArray<string> => {
  const kinds = [...Map.groupBy(findings, ({ day, rule }) => `${day} ${rule}`).values()]
  return [
    tableOf(
      ["day", "rule", "times", "row", "finding"],
      kinds.slice(0, shown).map((same) => {
        const { day, rule, key, message } = same[0]!
        return [day, rule, same.length, rowOf(key), message]
      }),
      columns,
    ),
    ...(kinds.length > shown ? ["… and more; --json tells of them"] : []),
  ]
}

/** @param columns of the terminal, where there is one */
export const checkInWords = (
  { archive, days, rows, found, findings }: CheckReport,
  columns?: number,
): string => {
  if (days.checked === 0) return `${archive}: empty, there is nothing to check`
  const held = `${counted(days.checked, "day")}, ${counted(rows.present, "row")}, ${grouped(rows.missing)} forgotten by the API, ${counted(rows.past, "past state")}, ${grouped(rows.rejected)} rejected`
  if (found === 0) return `${archive}: whole. ${held}`
  const rules = new Set(findings.map(({ rule }) => rule))
  return [
    `${archive}: ${found === 1 ? "one thing is" : `${grouped(found)} things are`} off. ${held}`,
    "",
    ...tableOfFindings(findings, columns),
    "",
    "Somebody changed the archive by hand, or a disk did. Have those days read again: vodstation-etl audit --from D --to D --repair.",
    ...(rules.has("unreadable") ? ["Files that cannot be read: restore them from a backup first."] : []),
    ...(rules.isDisjointFrom(ofThePast) ? [] : ["What is lost of the history, only a backup brings back."]),
  ].join("\n")
}
