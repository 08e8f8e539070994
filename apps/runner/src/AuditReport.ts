/** What `audit` tells, as one JSON object or in words. */
import type { AuditedDay, Verdict } from "./auditDay.ts"
import { counted, grouped } from "./countInWords.ts"
import type { RunReport } from "./RunReport.ts"
import { tableOf } from "./tableOf.ts"

/** The shape of `audit --json`: keys may be added, never renamed. */
export interface AuditReport {
  readonly command: "audit"
  readonly archive: string
  readonly timeZone: string
  readonly from: string
  /** The last day. */
  readonly to: string
  /** How many days came to which verdict. */
  readonly verdicts: Readonly<Record<Verdict, number>>
  /** Days whose statistics and list differ: the API contradicts itself. */
  readonly statisticDiffers: number
  readonly days: ReadonlyArray<AuditedDay>
  /** With `--repair`, where days differed: the run that read them again. */
  readonly repair: RunReport | null
}

export const auditReport = (
  archive: string,
  timeZone: string,
  days: ReadonlyArray<AuditedDay>,
): AuditReport => {
  const count = (verdict: Verdict) => days.filter((day) => day.verdict === verdict).length
  return {
    command: "audit",
    archive,
    timeZone,
    from: days[0]!.day,
    to: days.at(-1)!.day,
    verdicts: {
      same: count("same"),
      apiHasMore: count("apiHasMore"),
      forgotten: count("forgotten"),
      notSettled: count("notSettled"),
      notAnswered: count("notAnswered"),
    },
    statisticDiffers: days.filter((day) => day.statisticDiffers).length,
    days,
    repair: null,
  }
}

const stateInWords: Record<AuditedDay["state"], string> = {
  closed: "closed",
  open: "open",
  failed: "failed",
  notRead: "never read",
}

const findingOf = (day: AuditedDay): string => {
  const held = day.present + day.rejected
  const list = {
    same: "the same",
    apiHasMore: `the API has ${grouped((day.api ?? 0) - held)} more`,
    forgotten: `${grouped(held - (day.api ?? 0))} forgotten by the API`,
    notSettled: "not settled: it may still change",
    notAnswered: "the API did not tell its total",
  }[day.verdict]
  return day.statisticDiffers ? `${list}; its statistics say ${grouped(day.statistic ?? 0)}` : list
}

/**
 * The days that are not simply the same, in a table, and what is to be done about them.
 *
 * @param columns of the terminal, where there is one
 */
export const auditInWords = (report: AuditReport, columns?: number): string => {
  const { archive, from, to, verdicts, days, repair } = report
  const parts = [
    `${grouped(verdicts.same)} the same`,
    ...(verdicts.apiHasMore > 0 ? [`${grouped(verdicts.apiHasMore)} of which the API has more`] : []),
    ...(verdicts.forgotten > 0 ? [`${grouped(verdicts.forgotten)} of which the API has forgotten rows`] : []),
    ...(verdicts.notSettled > 0 ? [`${grouped(verdicts.notSettled)} not settled yet`] : []),
    ...(verdicts.notAnswered > 0 ? [`${grouped(verdicts.notAnswered)} without an answer`] : []),
  ]
  const shown = days.filter((day) => day.verdict !== "same" || day.statisticDiffers)
  // A column of nothing but zeros takes room from the others.
  const some = (["missing", "rejected"] as const).filter((count) => shown.some((day) => day[count] > 0))
  return [
    `${archive} against the API, ${from} to ${to}: ${counted(days.length, "day")}, ${parts.join(", ")}`,
    ...(shown.length === 0
      ? []
      : [
          "",
          tableOf(
            ["day", "state", "API", "archive", ...some, "finding"],
            shown.map((day) => [
              day.day,
              stateInWords[day.state],
              day.api,
              day.present,
              ...some.map((count) => day[count]),
              findingOf(day),
            ]),
            columns,
          ),
        ]),
    ...(verdicts.apiHasMore > 0
      ? [
          "",
          repair === null
            ? "The archive lacks rows. Read those days again: the same command with --repair."
            : "The archive lacked rows; those days were read again:",
        ]
      : []),
  ].join("\n")
}
