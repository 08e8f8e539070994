/**
 * `audit`: the archive against the API, day by day, counted on both sides. It changes nothing; with `--repair` the days that
 * differ are read again, and every row of theirs is compared.
 */
import * as Console from "effect/Console"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Plan } from "@vodstation-etl/core/Plan"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { baseUrl } from "@vodstation-etl/extract/baseUrl"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { sliceOf } from "@vodstation-etl/extract/Slice"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { windowOf } from "@vodstation-etl/extract/WindowFacts"
import { Archive } from "@vodstation-etl/load/Archive"
import { checkDay } from "@vodstation-etl/load/checkArchive"
import { checkArchiveChoice } from "./archiveLayer.ts"
import { auditDay } from "./auditDay.ts"
import type { AuditReport } from "./AuditReport.ts"
import { auditInWords, auditReport } from "./AuditReport.ts"
import { gatewayDayErrors } from "./dayErrors.ts"
import { RunEndedEarly } from "./exitCode.ts"
import { readingOptions, settleOf } from "./gatewayLayer.ts"
import { observed } from "./observed.ts"
import { aboutLogs } from "./logLayer.ts"
import type { OutputChoice } from "./printRun.ts"
import { runInWords } from "./printRun.ts"
import { Progress } from "./Progress.ts"
import { rangeOf, usualZone } from "./rangeOf.ts"
import { columnsOf, printWords } from "./printWords.ts"
import { runPlan } from "./runPlan.ts"
import { readSettings } from "./Settings.ts"
import { totalOfDay } from "./totalOfDay.ts"
import type { BothChoice } from "./withGatewayAndArchive.ts"
import { withGatewayAndArchive } from "./withGatewayAndArchive.ts"

export interface AuditFlags extends Omit<BothChoice, "excel"> {
  readonly from: string
  readonly to: string
  readonly repair: boolean
  readonly json: boolean
}

export const audit = Effect.fnUntraced(function* (flags: AuditFlags) {
  const settings = yield* readSettings()
  const choice = { ...flags, excel: undefined }
  yield* checkArchiveChoice(choice)
  yield* rangeOf(flags, settings.timeZone ?? usualZone)
  const url = yield* baseUrl(flags.site)
  const audited = Effect.gen(function* () {
    const archive = yield* Archive
    const days = yield* rangeOf(flags, archive.timeZone)
    const report = auditReport(archive.place, archive.timeZone, yield* auditDays(days, flags))
    yield* Effect.annotateCurrentSpan({
      outcome: isAnswered(report) ? "complete" : "incomplete",
      ...report.verdicts,
    })
    const plan = flags.repair ? repairPlan(days, report, yield* daysThatAreOff(days)) : undefined
    if (plan === undefined || plan.read.length === 0) {
      yield* print(report, flags)
      return yield* endOf(report)
    }
    const options = { from: flags.from, to: flags.to, repair: true, ...readingOptions(flags) }
    yield* runPlan("audit", plan, url, options, ({ report: repair, stopper }) =>
      print({ ...report, repair }, flags, stopper !== undefined).pipe(
        Effect.andThen(
          repair.outcome === "complete"
            ? notAnsweredIsIncomplete(report)
            : Effect.fail(new RunEndedEarly({ outcome: repair.outcome, reason: stopper })),
        ),
      ),
    )
  })
  yield* withGatewayAndArchive(choice, settings, url, flags.repair ? "write" : "read", audited)
}, observed("audit"))

/** Counts each day on both sides. */
const auditDays = Effect.fn("auditDays")(function* (days: ReadonlyArray<WorkDay>, flags: AuditFlags) {
  const archive = yield* Archive
  const gateway = yield* Gateway
  const settleMs = Duration.toMillis(yield* settleOf(flags))
  const range = { from: days[0]!.date, before: addDays(days.at(-1)!.date, 1) }
  const progress = yield* Progress
  yield* progress.begin(days.length)
  const told = yield* Effect.forEach(days, (day) => askDay(day).pipe(aboutLogs({ day: day.date })), {
    concurrency: flags.concurrency,
  })
  yield* progress.end
  const ledger = new Map((yield* archive.ledger(range)).map((entry) => [entry.workDate, entry]))
  const rows = new Map((yield* archive.rowCounts(range)).map((counts) => [counts.workDate, counts]))
  const now = yield* gateway.now
  return days.map((day, index) =>
    auditDay({
      day,
      entry: ledger.get(day.date),
      rows: rows.get(day.date),
      ...told[index]!,
      settled: day.end + settleMs <= now,
    }),
  )
})

/** What the API says of the day: in its list, and in its statistics. */
const askDay = Effect.fn("askDay")(function* (day: WorkDay) {
  const gateway = yield* Gateway
  const list = yield* StatusList
  const progress = yield* Progress
  yield* progress.dayStarted(day.date)
  const unanswered = (message: string) => Effect.as(Effect.logWarning(`${day.date}: ${message}`), null)
  const total = yield* totalOfDay(day)
  const api = Result.isSuccess(total) ? total.success : yield* unanswered(total.failure)
  const statistic = yield* gateway.statistic(windowOf(sliceOf(day), list.windows())).pipe(
    Effect.map(({ answer }) => Object.values(answer).reduce((sum, count) => sum + count, 0)),
    Effect.catchTag(gatewayDayErrors, (error) => unanswered(error.message)),
  )
  yield* progress.asked(yield* gateway.stats)
  yield* progress.dayEnded(day.date)
  return { api, statistic }
})

/** Days whose rows are as many as the API lists, and which `check` calls off. */
const daysThatAreOff = Effect.fn("daysThatAreOff")(function* (days: ReadonlyArray<WorkDay>) {
  const archive = yield* Archive
  const checked = yield* Effect.forEach(days, ({ date }) => checkDay(archive, date))
  return days.flatMap(({ date }, index) => (checked[index]!.found > 0 ? [date] : []))
})

/** The days that differ, in either direction, and those that are off in themselves; what is forgotten is then marked so. */
const repairPlan = (days: ReadonlyArray<WorkDay>, report: AuditReport, off: ReadonlyArray<string>): Plan => {
  const differs = new Set([
    ...off,
    ...report.days
      .filter(({ verdict }) => verdict === "apiHasMore" || verdict === "forgotten")
      .map(({ day }) => day),
  ])
  return {
    read: days.filter(({ date }) => differs.has(date)).map((day) => ({ day, reason: "differs" })),
    skipped: days.filter(({ date }) => !differs.has(date)),
  }
}

const print = Effect.fnUntraced(function* (
  report: AuditReport,
  { json, quiet }: OutputChoice,
  isStopped = false,
) {
  if (json) return yield* Console.log(JSON.stringify(report))
  if (quiet && !isStopped && isAnswered(report)) return
  const repair = report.repair === null ? [] : ["", yield* runInWords(report.repair)]
  yield* printWords([auditInWords(report, columnsOf(process.stdout)), ...repair].join("\n"))
})

const isAnswered = ({ verdicts }: AuditReport) => verdicts.apiHasMore === 0 && verdicts.notAnswered === 0

const endOf = (report: AuditReport) =>
  report.verdicts.apiHasMore > 0
    ? Effect.fail(new RunEndedEarly({ outcome: "incomplete", reason: undefined }))
    : notAnsweredIsIncomplete(report)

/** What could not be audited must not look like what was found to be right. */
const notAnsweredIsIncomplete = (report: AuditReport) =>
  report.verdicts.notAnswered > 0
    ? Effect.fail(new RunEndedEarly({ outcome: "incomplete", reason: undefined }))
    : Effect.void
