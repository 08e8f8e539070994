/** What a run counts for OpenTelemetry: the numbers of its report, while it goes on. */
import * as Context from "effect/Context"
import * as Metric from "effect/Metric"

const rows = Metric.counter("vodstation.rows", {
  description: "Rows of loaded days, by what became of them",
  incremental: true,
})
const days = Metric.counter("vodstation.days", {
  description: "Work days, by how they ended",
  incremental: true,
})

export type DayEnd = "closed" | "open" | "failed" | "skipped"

/** @param counts how many rows, by kind, as under `rows` in the report */
export const countRows = (counts: Readonly<Record<string, number>>): void => {
  for (const [kind, count] of Object.entries(counts)) add(Metric.withAttributes(rows, { kind }), count)
}

export const countDays = (outcome: DayEnd, count = 1): void =>
  add(Metric.withAttributes(days, { outcome }), count)

/** What has not happened is no series: an alert can then ask for its absence. */
const add = (metric: Metric.Counter<number>, count: number): void => {
  if (count > 0) metric.updateUnsafe(count, Context.empty())
}
