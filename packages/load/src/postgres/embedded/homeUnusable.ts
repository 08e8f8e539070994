/** Turns a failed file operation under the home folder into an error that says what to do. */
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { errorCode } from "../../errorCode.ts"

const advice: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "the disk quota is used up: free some space",
  EACCES: "it is not ours to write: give it to this user",
  EPERM: "it is not ours to write: give it to this user",
  EROFS: "it is on a read-only file system",
  ENOTDIR: "a part of the path is not a folder",
  ENOENT: "no folder can be made there",
  EEXIST: "a part of the path is not a folder",
}

/** The error for a `cause` met while doing something (`doing`, as in "create") to `path`. */
export const homeUnusable = (doing: string, path: string, cause: unknown): EmbeddedPostgresError => {
  const why = advice[errorCode(cause)] ?? (cause instanceof Error ? cause.message : String(cause))
  return new EmbeddedPostgresError({
    reason: "HomeUnusable",
    message: `Cannot ${doing} ${path} for the embedded PostgreSQL: ${why}. Otherwise choose another folder with VODSTATION_HOME, or set DATABASE_URL to use a server of your own.`,
    cause,
  })
}
