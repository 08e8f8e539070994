/** `status`: what the archive holds and lacks. Asks the archive only, and writes nothing. */
import { join } from "node:path"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { addDays, dateOf, timeZone } from "@vodstation-etl/core/WorkDay"
import { Archive } from "@vodstation-etl/load/Archive"
import type { ArchiveChoice } from "./archiveLayer.ts"
import { archiveLayer, checkArchiveChoice } from "./archiveLayer.ts"
import { calendarOf } from "./calendar.ts"
import { paintFor } from "./calendarPicture.ts"
import { coverageOf, stuckBefore } from "./coverage.ts"
import { readSettings } from "./Settings.ts"
import type { Status, StatusLook } from "./statusInWords.ts"
import { listed, statusInWords } from "./statusInWords.ts"
import { refuseLostLedger } from "./refuseLostLedger.ts"
import { stuckEncoding } from "./stuckEncodings.ts"
import { printWords } from "./printWords.ts"

const runsShown = 5
/** Anomalies of the last days only: those of ten years would have all files of a CSV archive read. */
const anomalyDays = 30

export const status = Effect.fn("status")(function* (
  flags: Omit<ArchiveChoice, "excel"> & { readonly all: boolean; readonly json: boolean },
) {
  const settings = yield* readSettings()
  const choice = { ...flags, excel: undefined }
  yield* checkArchiveChoice(choice)
  const status = yield* lookAtArchive(flags.json ? mostListed : listed + 1).pipe(
    Effect.provide(archiveLayer(choice, settings, { access: "read" })),
  )
  if (flags.json) return yield* Console.log(JSON.stringify(statusAsJson(status)))
  yield* printWords(
    statusInWords(status, {
      all: flags.all,
      paint: paintFor(process.stdout),
      csvFolder: Option.getOrUndefined(flags.out),
      seeing: seeingIn(choice, settings.schema),
    }),
  )
})

const seeingIn = ({ out }: ArchiveChoice, schema: string): StatusLook["seeing"] =>
  Option.match(out, {
    onNone: () => ({
      rejects: `SELECT * FROM ${schema}.rejected_record`,
      anomalies: `SELECT * FROM ${schema}.encoding WHERE cardinality(anomalies) > 0`,
    }),
    onSome: (folder) => ({
      rejects: `cat ${join(folder, "rejected", "*.csv")}`,
      anomalies: `grep '""]"' ${join(folder, "encoding", "*.csv")}`,
    }),
  })

/** Stuck encodings that `--json` tells of: a program that has more of them has another trouble. */
const mostListed = 10_000

const lookAtArchive = Effect.fnUntraced(function* (mostStuck: number) {
  const archive = yield* Archive
  const ledger = yield* archive.ledger()
  yield* refuseLostLedger(ledger)
  const zone = Option.getOrThrow(timeZone(archive.timeZone))
  const today = dateOf(yield* Clock.currentTimeMillis, zone)
  const since = addDays(ledger.at(-1)?.workDate ?? today, 1 - anomalyDays)
  const open = yield* archive.openEncodings({ before: stuckBefore(today), limit: mostStuck })
  const status: Status = {
    archive: archive.place,
    timeZone: archive.timeZone,
    coverage: coverageOf(ledger, today),
    months: calendarOf(ledger, today),
    stuckEncodings: open.map((row) => stuckEncoding(row, today)),
    rejectReasons: yield* archive.rejectReasons,
    anomalies: { since, reasons: yield* archive.anomalies(since) },
    sizes: yield* archive.sizes,
    runs: yield* archive.runs(runsShown),
  }
  return status
})

const statusAsJson = ({ coverage, months, sizes, ...status }: Status) => ({
  ...coverage,
  ...status,
  // The picture is for people; of single days the view `coverage` and `ledger.csv` tell.
  months: months.map(({ month, closed, open, failed, missing }) => ({
    month,
    closed,
    open,
    failed,
    missing,
  })),
  size: { bytes: sizes.reduce((total, { bytes }) => total + bytes, 0), parts: sizes },
})
