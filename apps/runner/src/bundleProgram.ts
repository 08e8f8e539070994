/**
 * The program as one folder of plain JavaScript, with all that it needs but the optional PostgreSQL and DuckDB: it starts in less
 * than half of the time that the many files of its source take, and needs no package of ours.
 */
import { cpSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "rolldown"
import { bundlePageScript } from "@vodstation-etl/report/bundlePageScript"
import { pageScriptFile, pageStyleFile } from "@vodstation-etl/report/PageParts"

const packages = join(import.meta.dirname, "../../../packages")
const postgres = join(packages, "load/src/postgres")

/**
 * Makes `folder/main.js` and what belongs to it; whatever was in the folder is replaced. A command's body is a file of its
 * own, so that none pays for the others.
 *
 * @returns the paths of all source files that went into it
 */
export const bundleProgram = async (folder: string, sourcemap = true): Promise<ReadonlyArray<string>> => {
  rmSync(folder, { recursive: true, force: true })
  const files = await bundleFrom(join(import.meta.dirname, "main.ts"), folder, sourcemap)
  // Read at run time, from beside the file that asks for them.
  for (const part of ["sql", "migrations"])
    cpSync(join(postgres, part), join(folder, part), { recursive: true })
  const page = await bundlePageScript()
  writeFileSync(join(folder, pageScriptFile), page.script)
  cpSync(join(packages, "report/src", pageStyleFile), join(folder, pageStyleFile))
  return [...files, ...page.files]
}

/** Makes one script in the folder of the one at `path`, with all that it imports; returns the paths of what went into it. */
export const bundleFrom = async (
  path: string,
  folder: string,
  sourcemap: boolean,
): Promise<ReadonlyArray<string>> => {
  const { output } = await build({
    input: path,
    platform: "node",
    // Optional, and in part a program of the machine's own kind.
    // Rolldown makes the report's script where that does not lie ready, as it does here.
    external: [/^@duckdb\//, "rolldown"],
    output: { dir: folder, format: "esm", sourcemap },
  })
  return output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []))
}
