/** The program as operators have it: bundled, and with what V8 compiled of it kept from the last time. */
import { rmSync } from "node:fs"
import { basename, join } from "node:path"
import * as Effect from "effect/Effect"
import { bundleFrom, bundleProgram } from "@vodstation-etl/runner/bundleProgram"

const published = (name: string, bundle: (folder: string) => Promise<unknown>) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      // Within the package of the runner, where it finds the optional PostgreSQL and DuckDB.
      const folder = join(import.meta.dirname, "../../../apps/runner/dist", `bench-${process.pid}`)
      await bundle(folder)
      const env = { NODE_COMPILE_CACHE: join(folder, "compiled") }
      return { folder, path: join(folder, `${name}.js`), env }
    }),
    ({ folder }) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
  )

/** Where it is, and with which environment it is to be started. It goes with the scope. */
export const publishedProgram = published("main", (folder) => bundleProgram(folder, false))

/** A script that does a part of what the program does, bundled as the program is; `path` ends in `.ts`. */
export const publishedPart = (path: string) =>
  published(basename(path, ".ts"), (folder) => bundleFrom(path, folder, false))
