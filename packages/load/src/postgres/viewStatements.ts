/** The archive's views, as its migrations make them. */
import { readFileSync } from "node:fs"
import * as path from "node:path"
import { migrationFolder, migrationNames } from "./migrationNames.ts"

export interface ViewStatement {
  readonly name: string
  /** The SELECT that it is made of. */
  readonly query: string
}

/** In the order in which they build on one another; one that a later migration makes anew comes as that one makes it. */
export const viewStatements = (): ReadonlyArray<ViewStatement> => {
  const views = new Map<string, string>()
  for (const migration of migrationNames()) {
    const text = readFileSync(path.join(migrationFolder, `${migration}.sql`), "utf8")
    for (const [, name, query] of text.matchAll(/^CREATE (?:OR REPLACE )?VIEW (\w+) AS\n([^]*?);$/gm))
      views.set(name!, query!)
  }
  return [...views].map(([name, query]) => ({ name, query }))
}
