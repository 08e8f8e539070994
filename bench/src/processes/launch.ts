/**
 * Starts a program and prints one more line of JSON when it ends: what the process took in all.
 *
 * node launch.ts PROGRAM [ARGUMENT …]
 */
import { writeSync } from "node:fs"
import { pathToFileURL } from "node:url"

const [program = "", ...programArguments] = process.argv.slice(2)
process.argv = [process.argv[0]!, program, ...programArguments]
process.once("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const took = { wholeCpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 }
  writeSync(process.stdout.fd, `${JSON.stringify(took)}\n`)
})
await import(pathToFileURL(program).href)
