/** Loaded before the program by tests: writes down the peak memory of the process, in bytes, when it exits. */
import { writeFileSync } from "node:fs"

const file = process.env["RECORD_MEMORY_IN"]
if (file !== undefined) {
  process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)))
}
