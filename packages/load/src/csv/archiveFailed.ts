/** Runs work on the archive's files as an effect whose failures say what was being done, and in which folder. */
import * as Effect from "effect/Effect"
import { ArchiveFailed, FileDamaged } from "../ArchiveError.ts"
import { errorCode, isDenied } from "../errorCode.ts"
import { DamagedFile } from "./DamagedFile.ts"

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "the disk quota is used up: free some space",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open: lower --concurrency or raise the limit (ulimit -n)",
  ENFILE: "too many files are open on this machine",
}

/** @param folder the archive's folder, for the message */
export const archiveFailed = (folder: string, doing: string, cause: unknown): ArchiveFailed | FileDamaged => {
  if (cause instanceof DamagedFile)
    return new FileDamaged({ archive: folder, reason: cause.message, cure: cause.cure })
  return new ArchiveFailed({
    archive: folder,
    doing,
    reason:
      reasons[errorCode(cause)] ??
      `${cause instanceof Error ? cause.message : String(cause)}${isDenied(cause) ? ", which this user needs the right to" : ""}`,
  })
}

/**
 * Runs `work`. When interrupted it aborts the signal and waits until the work has really stopped, so that nothing is written
 * any more when whoever follows tidies up.
 */
export const fileWork = <A>(
  folder: string,
  doing: string,
  work: (signal: AbortSignal) => Promise<A>,
): Effect.Effect<A, ArchiveFailed | FileDamaged> =>
  Effect.callback((resume, signal) => {
    const done = work(signal).then(
      (value) => resume(Effect.succeed(value)),
      (cause: unknown) => resume(Effect.fail(archiveFailed(folder, doing, cause))),
    )
    return Effect.promise(() => done)
  })
