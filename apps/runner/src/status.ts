/** `status`: what the archive holds and lacks, from its ledger. Asks the archive only, and writes nothing. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { RunRecord } from "@vodstation-etl/core/RunRecord"
import { dateOf, timeZone } from "@vodstation-etl/core/WorkDay"
import { Archive } from "@vodstation-etl/load/Archive"
import type { ArchiveChoice } from "./archiveLayer.ts"
import { archiveLayer, checkArchiveChoice } from "./archiveLayer.ts"
import type { Coverage } from "./coverage.ts"
import { coverageOf, stuckBefore } from "./coverage.ts"
import { durationInWords } from "./durationInWords.ts"
import { readSettings } from "./Settings.ts"
import type { StuckEncoding } from "./stuckEncodings.ts"
import { stuckEncoding, stuckInWords } from "./stuckEncodings.ts"
import { tableOf } from "./tableOf.ts"

const runsShown = 5

export const status = Effect.fn("status")(function* (
  flags: Omit<ArchiveChoice, "excel"> & { readonly json: boolean },
) {
  const settings = yield* readSettings()
  const choice = { ...flags, excel: undefined }
  yield* checkArchiveChoice(choice)
  yield* Effect.gen(function* () {
    const archive = yield* Archive
    const ledger = yield* archive.ledger()
    const runs = yield* archive.runs(runsShown)
    const zone = Option.getOrThrow(timeZone(archive.timeZone))
    const today = dateOf(yield* Clock.currentTimeMillis, zone)
    const coverage = coverageOf(ledger, today)
    const open = yield* archive.openEncodings({
      before: stuckBefore(today),
      limit: flags.json ? mostListed : listed + 1,
    })
    const stuckEncodings = open.map((row) => stuckEncoding(row, today))
    const { place } = archive
    yield* Console.log(
      flags.json
        ? JSON.stringify({ archive: place, timeZone: archive.timeZone, ...coverage, stuckEncodings, runs })
        : statusInWords(place, archive.timeZone, coverage, stuckEncodings, runs),
    )
  }).pipe(Effect.provide(archiveLayer(choice, settings, { access: "read" })))
})

/** Lines of one list in words. */
const listed = 10

/** Stuck encodings that `--json` tells of: a program that has more of them has another trouble. */
const mostListed = 10_000

const statusInWords = (
  place: string,
  zone: string,
  coverage: Coverage,
  stuckEncodings: ReadonlyArray<StuckEncoding>,
  runs: ReadonlyArray<RunRecord>,
): string => {
  if (coverage.firstDay === null) return `${place}: empty. Start with: vodstation-etl backfill --from -7d`
  const list = <A>(title: string, items: ReadonlyArray<A>, line: (item: A) => string) =>
    items.length === 0
      ? []
      : [
          "",
          title,
          ...items.slice(0, listed).map((item) => `  ${line(item)}`),
          ...(items.length > listed ? ["  … and more; --json shows all"] : []),
        ]
  return [
    `${place} (${zone}): ${coverage.firstDay} to ${coverage.lastDay}`,
    "",
    tableOf(
      ["closed", "open", "failed", "missing", "rows", "rejected"],
      [[coverage.closed, coverage.open, coverage.failed, coverage.missing, coverage.rows, coverage.rejected]],
    ),
    ...list("Days that were never asked for:", coverage.gaps, ({ from, to }) =>
      from === to ? from : `${from} to ${to}`,
    ),
    ...list("Days whose last attempt failed:", coverage.failures, ({ day, error }) => `${day}  ${error}`),
    ...list(
      "Days that are counted but not proven, so that they stay open:",
      coverage.weak,
      ({ day, rows, lacking }) =>
        `${day}  ${rows} rows${lacking > 0 ? `, and ${lacking} more that are not loaded` : ""}`,
    ),
    ...list("Encodings that are stuck, so that their days stay open:", stuckEncodings, stuckInWords),
    ...list("Last runs:", runs, runInWords),
  ].join("\n")
}

const runInWords = (run: RunRecord): string => {
  const started = new Date(run.startedAt).toISOString().slice(0, 19)
  if (run.end === null) return `${started}Z  ${run.command}  not ended: it is running, or was killed`
  const { days, rows, outcome } = run.end
  return `${started}Z  ${run.command}  ${outcome} in ${durationInWords(run.end.finishedAt - run.startedAt)}: ${days.closed} days closed, ${days.open} open, ${days.failed} failed; ${rows.inserted} rows inserted, ${rows.changed} changed`
}
