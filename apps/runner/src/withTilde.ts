import { homedir } from "node:os"
import * as path from "node:path"

/** A folder as people write it: with `~` for their home. */
export const withTilde = (folder: string): string => {
  const home = homedir()
  return folder === home || folder.startsWith(home + path.sep) ? `~${folder.slice(home.length)}` : folder
}
