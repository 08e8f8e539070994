/**
 * `pnpm bench completeness`: what three ways of reading make of lists that move, against the truth. At its usual size the
 * table goes into docs/completeness.md.
 */
import { join } from "node:path"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { usualRows } from "../usualRows.ts"
import type { MeasuredReader } from "./completenessTable.ts"
import { completenessTable, withTable } from "./completenessTable.ts"
import { measureCompleteness } from "./measureCompleteness.ts"
import { careful, naive, ours } from "./readers.ts"
import { scenarios } from "./Scenario.ts"

const days = 8
const page = join(import.meta.dirname, "../../../docs/completeness.md")

/** @param options.rows of all days of a list together; another number than the usual one only prints the table */
export const completenessBench = Effect.fn("completenessBench")(function* (options: {
  readonly rows: number
}) {
  const measured: Array<MeasuredReader> = []
  for (const scenario of scenarios({ days, rowsPerDay: Math.ceil(options.rows / days) })) {
    for (const reader of [naive, careful, ours]) {
      const completeness = yield* measureCompleteness(scenario, reader)
      measured.push({ scenario: scenario.title, reader: reader.title, completeness })
    }
    yield* Console.error(`  done: ${scenario.title}`)
  }
  const table = completenessTable(measured)
  yield* Console.log(table)
  if (options.rows !== usualRows.completeness) return
  const fileSystem = yield* FileSystem.FileSystem
  const written = withTable(yield* fileSystem.readFileString(page), table)
  if (written === undefined) {
    return yield* Console.error(
      "docs/completeness.md has lost the marks of its table: put them back, then run this again.",
    )
  }
  yield* fileSystem.writeFileString(page, written)
  yield* Console.error("The table stands in docs/completeness.md; git diff shows what has changed.")
})
