/** The program as operators have it: bundled, and with what V8 compiled of it kept from the last time. */
import { rmSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { bundleProgram } from "@vodstation-etl/runner/bundleProgram"

/** Where it is, and with which environment it is to be started. It goes with the scope. */
export const publishedProgram = Effect.acquireRelease(
  Effect.promise(async () => {
    // Within the package of the runner, where it finds the optional PostgreSQL and DuckDB.
    const folder = join(import.meta.dirname, "../../../apps/runner/dist", `bench-${process.pid}`)
    await bundleProgram(folder, false)
    const env = { NODE_COMPILE_CACHE: join(folder, "compiled") }
    return { folder, path: join(folder, "main.js"), env }
  }),
  ({ folder }) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
)
