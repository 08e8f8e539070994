/**
 * Locks of the kernel on files, which it gives back when their holder dies, however it dies: no process ids to check, so none
 * that can be reused. Node has no file locks of its own, but its SQLite has: a read transaction is a shared lock, an exclusive
 * transaction an exclusive one, on every system and also between two holders in one process. Nothing is ever written, so
 * the file stays empty.
 */
import { DatabaseSync } from "node:sqlite"

/** A lock that is held. */
export interface FileLock {
  /** Gives it back; again does nothing. */
  readonly release: () => void
}

/**
 * Takes the lock; never waits. Throws as SQLite does, also where somebody else holds it.
 *
 * @param readOnly for a file that may not be written to, and must be there
 */
export const lockFile = (path: string, mode: "shared" | "exclusive", readOnly = false): FileLock => {
  const database = new DatabaseSync(path, { timeout: 0, readOnly })
  const release = (): void => {
    if (database.isOpen) database.close()
  }
  try {
    database.exec(mode === "shared" ? "BEGIN; SELECT count(*) FROM sqlite_schema" : "BEGIN EXCLUSIVE")
    return { release }
  } catch (cause) {
    release()
    throw cause
  }
}
