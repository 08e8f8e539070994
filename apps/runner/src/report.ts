/** `report`: the figures of an archive as one page, to a file or to standard output. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import { readPageParts } from "@vodstation-etl/report/PageParts"
import { renderPage } from "@vodstation-etl/report/renderPage"
import type { Language } from "@vodstation-etl/report/texts/ReportTexts"
import { archiveReaders } from "./archiveReaders.ts"
import { boundsOf } from "./boundsOf.ts"
import { counted } from "./countInWords.ts"
import { csvFolderOf, type ReadArchiveFlags } from "./csvFolderOf.ts"
import { durationInWords } from "./durationInWords.ts"
import { InvalidFlag } from "./InvalidFlag.ts"
import { showLiveLine } from "./liveLine.ts"
import { observed } from "./observed.ts"
import { replaceFile } from "./replaceFile.ts"
import { readReportData } from "./reportData/readReportData.ts"
import { readSettings } from "./Settings.ts"
import { sizeInWords } from "./sizeInWords.ts"
import { takeToStdout } from "./takeToStdout.ts"

export interface ReportFlags extends ReadArchiveFlags {
  readonly out: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly lang: Language
  readonly json: boolean
  readonly quiet: boolean
}

export const report = Effect.fnUntraced(function* (flags: ReportFlags) {
  const settings = yield* readSettings()
  const csvFolder = yield* csvFolderOf(flags, true)
  if (flags.json && flags.out === "-") {
    return yield* new InvalidFlag({
      flag: "--json",
      reason: "standard output is taken by --out -; give a file",
    })
  }
  yield* Effect.gen(function* () {
    const started = yield* Clock.currentTimeMillis
    const written = yield* writeReport(flags)
    if (flags.out === "-" || (flags.quiet && !flags.json)) return
    const seconds = ((yield* Clock.currentTimeMillis) - started) / 1000
    yield* Effect.annotateCurrentSpan(written)
    const { days, encodings, bytes } = written
    yield* Console.log(
      flags.json
        ? JSON.stringify({ command: "report", out: flags.out, days, encodings, bytes, seconds })
        : `${flags.out}: ${counted(days, "day")}, ${counted(encodings, "encoding")}, ${sizeInWords(bytes)} in ${seconds.toFixed(1)} s. Open it in any browser.`,
    )
  }).pipe(Effect.provide(archiveReaders(csvFolder, settings)))
}, observed("report"))

/** Writes the page of the archive in `ArchiveQuery`. */
export const writeReport = Effect.fnUntraced(function* (
  flags: Pick<ReportFlags, "out" | "from" | "to" | "lang" | "quiet">,
) {
  const { from, before } = yield* boundsOf(flags, (yield* ArchiveQuery).timeZone)
  const write = Effect.gen(function* () {
    let asked = ""
    const started = yield* Clock.currentTimeMillis
    if (!flags.quiet)
      yield* showLiveLine(
        process.stderr,
        (now) => `report: asking for ${asked} · ${durationInWords(now - started)}`,
      )
    const data = yield* readReportData(from, before, (what) => {
      asked = what
    })
    const parts = yield* Effect.promise(readPageParts)
    const page = Buffer.from(renderPage({ kind: "report", served: false, report: data }, flags.lang, parts))
    const encodings = data.days.reduce((total, day) => total + day.encodings, 0)
    return { page, written: { days: data.days.length, encodings, bytes: page.length } }
  }).pipe(Effect.scoped)
  if (flags.out === "-") {
    const { page, written } = yield* write
    yield* Effect.catchTag(takeToStdout(page), "ReaderLeft", () => Effect.void)
    return written
  }
  return yield* Effect.scoped(
    replaceFile(flags.out, (take) =>
      Effect.flatMap(write, ({ page, written }) => Effect.as(take(page), written)),
    ),
  )
})
