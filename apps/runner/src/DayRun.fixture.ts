/** Runs of the real reader and a real CSV archive against a real gateway on loopback, in the test's own process: quick enough for many kinds of gateway. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer, Option } from "effect"
import type { ReadReason } from "@vodstation-etl/core/Plan"
import { planBackfill } from "@vodstation-etl/core/Plan"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { timeZone } from "@vodstation-etl/core/WorkDay"
import { parseBaseUrl } from "@vodstation-etl/extract/baseUrl"
import { readerOf } from "@vodstation-etl/extract/simulatedGateway.fixture"
import { Archive } from "@vodstation-etl/load/Archive"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { recallFacts } from "./gatewayFacts.ts"
import { Progress } from "./Progress.ts"
import type { RunReport } from "./RunReport.ts"
import { runPlan } from "./runPlan.ts"

export const seoul = Option.getOrThrow(timeZone("Asia/Seoul"))

const quiet = Layer.mock(Progress, {
  begin: () => Effect.void,
  dayStarted: () => Effect.void,
  pageCame: () => Effect.void,
  rowsCame: () => Effect.void,
  dayEnded: () => Effect.void,
  asked: () => Effect.void,
  say: () => Effect.void,
  problem: () => Effect.void,
  end: Effect.void,
})

export interface DayRun {
  readonly report: RunReport
  readonly ledger: ReadonlyArray<LedgerDay>
  readonly facts: Readonly<Record<string, string>>
}

/** One run: what is not closed of the days is read into the archive in `folder`; all of them where there is a reason to. */
export const runDays = Effect.fnUntraced(function* (
  simulator: RunningSimulator,
  folder: string,
  days: ReadonlyArray<WorkDay>,
  pageSize = 100,
  reason?: ReadReason,
) {
  const url = yield* Effect.fromResult(parseBaseUrl(simulator.baseUrl))
  const reports: Array<RunReport> = []
  return yield* Effect.gen(function* () {
    const archive = yield* Archive
    yield* recallFacts
    const plan =
      reason === undefined
        ? planBackfill(days, yield* archive.ledger(), { refresh: false })
        : { read: days.map((day) => ({ day, reason })), skipped: [] }
    yield* runPlan("backfill", plan, url, {}, ({ report }) => Effect.sync(() => void reports.push(report)))
    const run: DayRun = {
      report: reports[0]!,
      ledger: yield* archive.ledger(),
      facts: yield* archive.facts,
    }
    return run
  }).pipe(
    Effect.provide(
      readerOf(simulator, { concurrency: 4, pageSize }).pipe(
        Layer.merge(quiet),
        Layer.merge(
          CsvArchive.layer({
            folder,
            timeZone: undefined,
            excel: undefined,
            access: "write",
            host: "127.0.0.1",
          }),
        ),
      ),
    ),
  )
})

/** A folder that goes with the scope. */
export const scratchFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "vodstation-days-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
)
