/** What `status` says, for people. */
import { howToMakeOne } from "@vodstation-etl/load/noArchiveYet"
import type { RunRecord } from "@vodstation-etl/core/RunRecord"
import type { SizeOnDisk } from "@vodstation-etl/load/Archive"
import type { ReasonCount } from "@vodstation-etl/load/ReasonCount"
import type { CalendarMonth } from "./calendar.ts"
import { countsInWords } from "./calendar.ts"
import type { Paint } from "./calendarPicture.ts"
import { calendarPicture } from "./calendarPicture.ts"
import { counted, grouped } from "./countInWords.ts"
import type { Coverage } from "./coverage.ts"
import { daysInWords } from "./daysInWords.ts"
import { durationInWords } from "./durationInWords.ts"
import { sizeInWords } from "./sizeInWords.ts"
import { type StuckEncoding, stuckInWords } from "./stuckEncodings.ts"
import { tableOf } from "./tableOf.ts"

/** Lines of one list. */
export const listed = 10

export interface Status {
  readonly archive: string
  readonly timeZone: string
  readonly coverage: Coverage
  readonly months: ReadonlyArray<CalendarMonth>
  readonly stuckEncodings: ReadonlyArray<StuckEncoding>
  readonly rejectReasons: ReadonlyArray<ReasonCount>
  readonly anomalies: { readonly since: string; readonly reasons: ReadonlyArray<ReasonCount> }
  readonly sizes: ReadonlyArray<SizeOnDisk>
  readonly runs: ReadonlyArray<RunRecord>
}

export interface StatusLook {
  /** All months, and not only the last ones. */
  readonly all: boolean
  readonly paint: Paint
  /** Of a CSV archive. */
  readonly csvFolder: string | undefined
  /** Where rejects and anomalies are looked at: a command or a query. */
  readonly seeing: { readonly rejects: string; readonly anomalies: string }
}

export const statusInWords = (status: Status, look: StatusLook): string => {
  const { coverage } = status
  if (coverage.firstDay === null) return `${status.archive}: empty. ${howToMakeOne(look.csvFolder)}`
  return [
    `${withZone(status)}: ${coverage.firstDay} to ${coverage.lastDay}`,
    "",
    tableOf(
      ["closed", "open", "failed", "missing", "rows", "rejected"],
      [[coverage.closed, coverage.open, coverage.failed, coverage.missing, coverage.rows, coverage.rejected]],
    ),
    "",
    ...calendarPicture(status.months, look),
    ...list("Days that were never asked for:", coverage.gaps, ({ from, to }) =>
      from === to ? from : `${from} to ${to}`,
    ),
    ...list("Days whose last attempt failed:", [...failedAlike(coverage.failures)], ([error, days]) => {
      return `${daysInWords(days.length, days[0]!.day, days.at(-1)!.day)}  ${error}`
    }),
    ...list(
      "Days that are counted but not proven, so that they stay open:",
      coverage.weak,
      ({ day, rows, lacking }) =>
        `${day}  ${counted(rows, "row")}${lacking > 0 ? `, and ${grouped(lacking)} more that are not loaded` : ""}`,
    ),
    ...list("Encodings that are stuck, so that their days stay open:", status.stuckEncodings, stuckInWords),
    ...list("Rows that could not be understood, kept as they came:", status.rejectReasons, reasonInWords, [
      `See them: ${look.seeing.rejects}`,
    ]),
    ...list(
      `Fields that could not be read (NULL, see anomalies), of days since ${status.anomalies.since}:`,
      status.anomalies.reasons,
      reasonInWords,
      [`See them: ${look.seeing.anomalies}`],
    ),
    ...list("Last runs:", status.runs, runInWords),
    "",
    sizesInWords(status.sizes),
  ].join("\n")
}

/** In one bracket with the schema, where the archive is one of those. */
const withZone = ({ archive, timeZone }: Status): string => {
  const schema = / \(schema [^()]+(?=\)$)/.exec(archive)
  return schema === null ? `${archive} (${timeZone})` : `${archive.slice(0, -1)}, ${timeZone})`
}

const list = <A>(
  title: string,
  items: ReadonlyArray<A>,
  line: (item: A) => string,
  after: ReadonlyArray<string> = [],
): ReadonlyArray<string> =>
  items.length === 0
    ? []
    : [
        "",
        title,
        ...items.slice(0, listed).map((item) => `  ${line(item)}`),
        ...(items.length > listed ? ["  … and more; --json shows all"] : []),
        ...after.map((text) => `  ${text}`),
      ]

/** A gateway that was gone failed many days alike, and would leave no line for another failure. */
const failedAlike = (failures: Coverage["failures"]) => Map.groupBy(failures, ({ error }) => error)

const reasonInWords = ({ reason, rows, days, firstDay, lastDay }: ReasonCount): string =>
  `${counted(rows, "row")} on ${daysInWords(days, firstDay, lastDay)}: ${reason}`

const runInWords = (run: RunRecord): string => {
  const started = `${new Date(run.startedAt).toISOString().slice(0, 16).replace("T", " ")}Z`
  if (run.end === null) return `${started}  ${run.command}  not ended: it is running, or was killed`
  const { days, rows, outcome, finishedAt } = run.end
  const read = countsInWords({ ...days, missing: 0 }, ["closed", "open", "failed"])
  const loaded = [
    ...(rows.inserted === 0 ? [] : [`${counted(rows.inserted, "row")} new`]),
    ...(rows.changed === 0 ? [] : [`${grouped(rows.changed)} changed`]),
  ].join(", ")
  const what = [read, loaded].filter((text) => text !== "").join("; ")
  return `${started}  ${run.command}  ${outcome} in ${durationInWords(finishedAt - run.startedAt)}: ${what === "" ? "nothing to do" : what}`
}

const sizesInWords = (sizes: ReadonlyArray<SizeOnDisk>): string => {
  const parts = sizes.map(({ part, bytes }) => `${part} ${sizeInWords(bytes)}`)
  return `On disk: ${sizeInWords(sizes.reduce((total, { bytes }) => total + bytes, 0))}\n  ${parts.join(", ")}`
}
