/** For tests: the files of this project, by their path from its root. */
import { readFileSync } from "node:fs"
import { join } from "node:path"

export const root = join(import.meta.dirname, "..", "..")

export const readProjectFile = (path: string): string => readFileSync(join(root, path), "utf8")
