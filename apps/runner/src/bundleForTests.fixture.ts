/** For tests: bundles the program before the first of them, since they start it some two hundred times. */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { bundleProgram } from "./bundleProgram.ts"

export const setup = async (): Promise<() => void> => {
  // Within the package, since the bundle still has to find the optional PostgreSQL; of its own, as others may test at the same time.
  const folder = join(import.meta.dirname, "..", "dist", `test-${process.pid}`)
  await bundleProgram(folder)
  process.env["PROGRAM_UNDER_TEST"] = join(folder, "main.js")
  return () => rmSync(folder, { recursive: true, force: true })
}
