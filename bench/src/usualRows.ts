/** How many rows each benchmark takes unless it is told otherwise. */
export const usualRows = {
  /** Over eight days of twenty pages and a half. */
  completeness: 16_400,
  csv: 500_000,
  /** And three times as many for the memory. */
  exporting: 1_000_000,
  extract: 500_000,
  job: 200_000,
  load: 1_000_000,
  loadWhileReading: 200_000,
  /** Of `growth` and `questions`. */
  held: 10_000_000,
} as const
