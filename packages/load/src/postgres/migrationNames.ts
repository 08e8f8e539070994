/** The migrations that this program has, in their order: the numbered files of `migrations/`, without their ending. */
import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const migrationFolder = fileURLToPath(new URL("./migrations", import.meta.url))

export const migrationNames = (): ReadonlyArray<string> =>
  readdirSync(migrationFolder)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => name.slice(0, -".sql".length))
    .toSorted()
