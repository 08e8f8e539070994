/**
 * The SQL of this folder: one statement a file, in `sql/`, so that it can be read, checked and tried as SQL. Names in it are
 * not qualified: the connection's search path is the archive's schema.
 */
import { readFileSync } from "node:fs"

const read = new Map<string, string>()

/** The text of `sql/NAME.sql`, read once. */
export const sqlStatement = (name: string): string => {
  let text = read.get(name)
  if (text === undefined) {
    text = readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), "utf8")
    read.set(name, text)
  }
  return text
}
