/**
 * The program as one folder of plain JavaScript, with all that it needs but the optional PostgreSQL: it starts in less
 * than half of the time that the many files of its source take.
 */
import { cpSync, rmSync } from "node:fs"
import { join } from "node:path"
import { build } from "rolldown"

const postgres = join(import.meta.dirname, "../../../packages/load/src/postgres")

/** Makes `folder/main.js` and what belongs to it; whatever was in the folder is replaced. */
export const bundleProgram = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true })
  await build({
    input: join(import.meta.dirname, "main.ts"),
    platform: "node",
    output: { dir: folder, format: "esm", sourcemap: true },
  })
  // Read at run time, from beside the file that asks for them.
  for (const part of ["sql", "migrations"])
    cpSync(join(postgres, part), join(folder, part), { recursive: true })
}
