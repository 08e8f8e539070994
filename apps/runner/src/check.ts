/** `check`: the archive against itself, day by day and row by row. Asks the archive only, and writes nothing. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { Archive } from "@vodstation-etl/load/Archive"
import { checkArchive } from "@vodstation-etl/load/checkArchive"
import type { ArchiveChoice } from "./archiveLayer.ts"
import { archiveLayer, checkArchiveChoice } from "./archiveLayer.ts"
import { checkInWords, checkReport } from "./CheckReport.ts"
import { RunEndedEarly } from "./exitCode.ts"
import { observed } from "./observed.ts"
import { readSettings } from "./Settings.ts"
import { columnsOf, printWords } from "./printWords.ts"

export const check = Effect.fnUntraced(function* (
  flags: Omit<ArchiveChoice, "excel"> & { readonly json: boolean },
) {
  const settings = yield* readSettings()
  const choice = { ...flags, excel: undefined }
  yield* checkArchiveChoice(choice)
  const report = yield* Effect.gen(function* () {
    const archive = yield* Archive
    const { ledger, days } = yield* checkArchive(archive)
    return checkReport(archive.place, archive.timeZone, ledger, days)
  }).pipe(Effect.provide(archiveLayer(choice, settings, { access: "read" })))
  yield* flags.json
    ? Console.log(JSON.stringify(report))
    : printWords(checkInWords(report, columnsOf(process.stdout)))
  yield* Effect.annotateCurrentSpan({ outcome: report.outcome })
  if (report.outcome === "off") return yield* new RunEndedEarly({ outcome: "incomplete", reason: undefined })
}, observed("check"))
