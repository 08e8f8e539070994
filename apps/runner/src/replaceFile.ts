/**
 * Writes one file as a stream, such that whoever reads it finds the old one or the new one and never a part: it is written
 * beside, synced, and renamed into place. What is no plain file, such as a pipe or /dev/null, is written to as it is.
 */
import { randomUUID } from "node:crypto"
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import { errorCode } from "@vodstation-etl/load/errorCode"
import { syncFolder } from "@vodstation-etl/load/csv/syncFolder"
import type { TakeChunk } from "@vodstation-etl/load/TableExport"
import { InvalidFlag } from "./InvalidFlag.ts"
import { OutputFailed, reasonOf } from "./OutputFailed.ts"

/**
 * Runs `write` with a sink for the file's content, and puts the file into place once it succeeds. `InvalidFlag`: nothing
 * can be written there; `OutputFailed`: writing failed. Whatever goes wrong leaves what stood there before.
 *
 * @param out what the user gave as `--out`
 */
export const replaceFile = Effect.fn("replaceFile")(function* <A, E, R>(
  out: string,
  write: (take: TakeChunk<OutputFailed, never>) => Effect.Effect<A, E, R>,
) {
  const place = yield* Effect.tryPromise({ try: () => look(out), catch: unusableOutput(out) })
  const draft =
    place.kind === "plain"
      ? path.join(path.dirname(place.file), `.vodstation-${randomUUID()}.part`)
      : place.file
  const handle = yield* Effect.acquireRelease(
    Effect.tryPromise({
      try: () => fs.open(draft, place.kind === "plain" ? "wx" : "w"),
      catch: unusableOutput(out),
    }),
    (handle) =>
      Effect.promise(async () => {
        await handle.close().catch(() => undefined)
        // It is there no more where it was put into place.
        if (place.kind === "plain") await fs.rm(draft, { force: true }).catch(() => undefined)
      }),
  )
  const step = (act: () => Promise<unknown>) =>
    Effect.asVoid(
      Effect.tryPromise({ try: act, catch: (cause) => new OutputFailed({ out, reason: reasonOf(cause) }) }),
    )

  const result = yield* write((chunk) => step(() => handle.appendFile(chunk)))
  if (place.kind === "plain") {
    yield* Effect.uninterruptible(
      step(async () => {
        if (place.mode !== undefined) await handle.chmod(place.mode)
        await handle.sync()
        await handle.close()
        await fs.rename(draft, place.file)
        await syncFolder(path.dirname(place.file))
      }),
    )
  }
  return result
}, Effect.scoped)

interface Place {
  /** The file itself, not a link to it. */
  readonly file: string
  readonly kind: "plain" | "other"
  /** The permissions of the one that is replaced. */
  readonly mode?: number
}

const look = async (out: string): Promise<Place> => {
  try {
    const found = await fs.stat(out)
    if (found.isDirectory()) throw Object.assign(new Error("this is a folder"), { code: "EISDIR" })
    if (!found.isFile()) return { file: out, kind: "other" }
    return { file: await fs.realpath(out), kind: "plain", mode: found.mode & 0o777 }
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return { file: path.resolve(out), kind: "plain" }
    throw cause
  }
}

const unusableReasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder; make it, or choose another file",
  ENOTDIR: "a part of this path is no folder; choose another file",
  EISDIR: "this is a folder; give a file in it",
  EACCES: "this user may not write there; choose another file",
  EPERM: "this user may not write there; choose another file",
  EROFS: "the file system is read-only; choose another file",
}

/** Why nothing can be written to `out`. */
export const unusableOutput =
  (out: string) =>
  (cause: unknown): InvalidFlag =>
    new InvalidFlag({ flag: `--out ${out}`, reason: unusableReasons[errorCode(cause)] ?? reasonOf(cause) })
