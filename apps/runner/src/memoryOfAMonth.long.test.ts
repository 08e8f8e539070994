import { describe } from "vitest"
import { itStaysBelow400MB } from "./peakMemory.fixture.ts"

describe("memory does not grow with the window:", () => {
  itStaysBelow400MB("31 days of 20,000 rows", { days: 31, rows: 20_000, more: [] })
})
