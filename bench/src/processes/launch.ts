/**
 * Starts a program and prints one more line of JSON when it ends: what the process took in all.
 *
 * node launch.ts PROGRAM [ARGUMENT …]
 */
import { writeSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { peakMemory } from "@vodstation-etl/core/peakMemory.fixture"

const [program = "", ...programArguments] = process.argv.slice(2)
process.argv = [process.argv[0]!, program, ...programArguments]
process.once("exit", () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  const took = { wholeCpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: peakMemory() }
  writeSync(process.stdout.fd, `${JSON.stringify(took)}\n`)
})
await import(pathToFileURL(program).href)
