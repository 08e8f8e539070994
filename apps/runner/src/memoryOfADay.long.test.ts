import { describe } from "vitest"
import { itStaysBelow400MB } from "./peakMemory.fixture.ts"

describe("memory does not grow with the day:", () => {
  itStaysBelow400MB("300,000 rows in one day", { days: 1, rows: 300_000, more: ["--refresh"] })
})
