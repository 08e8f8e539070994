/** Loaded before the program by tests: writes down the peak memory of the process, in bytes, when it exits. */
import { writeFileSync } from "node:fs"
import { peakMemory } from "@vodstation-etl/core/peakMemory.fixture"

const file = process.env["RECORD_MEMORY_IN"]
if (file !== undefined) {
  process.on("exit", () => writeFileSync(file, String(peakMemory())))
}
