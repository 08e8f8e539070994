/**
 * Writes a folder of files such that whoever reads it finds the old one or the new one and never a part: it is written
 * beside, synced, and renamed into place. No file system renames over a folder that holds something, so that for a moment
 * between two renames there is none.
 */
import { randomUUID } from "node:crypto"
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import { syncFolder } from "@vodstation-etl/load/csv/syncFolder"
import { errorCode } from "@vodstation-etl/load/errorCode"
import { InvalidFlag } from "./InvalidFlag.ts"
import { OutputFailed, reasonOf } from "./OutputFailed.ts"
import { unusableOutput } from "./replaceFile.ts"

/**
 * Runs `write` with an empty folder, and puts that into place once it succeeds. `InvalidFlag`: nothing can be written there,
 * or what is there was not written by an export; `OutputFailed`: writing failed.
 *
 * @param out what the user gave as `--out`
 * @param isOurs whether a name in a folder is one that an export gives
 */
export const replaceFolder = Effect.fn("replaceFolder")(function* <A, E, R>(
  out: string,
  isOurs: (name: string) => boolean,
  write: (folder: string) => Effect.Effect<A, E, R>,
) {
  const place = path.resolve(out)
  const names = yield* Effect.tryPromise({ try: () => namesIn(place), catch: unusableOutput(out) })
  const foreign = names?.find((name) => !isOurs(name))
  if (foreign !== undefined)
    return yield* new InvalidFlag({
      flag: `--out ${out}`,
      reason: `this folder holds ${foreign}, which no export wrote; choose another folder`,
    })
  const beside = path.join(path.dirname(place), `.vodstation-${randomUUID()}`)
  const draft = `${beside}.part`
  yield* Effect.acquireRelease(
    Effect.tryPromise({ try: () => fs.mkdir(draft), catch: unusableOutput(out) }),
    () => Effect.promise(() => fs.rm(draft, { recursive: true, force: true }).catch(() => undefined)),
  )
  const result = yield* write(draft)
  yield* Effect.uninterruptible(
    Effect.tryPromise({
      try: async () => {
        await syncAll(draft)
        if (names !== undefined) await fs.rename(place, `${beside}.old`)
        await fs.rename(draft, place)
        await syncFolder(path.dirname(place))
        if (names !== undefined) await fs.rm(`${beside}.old`, { recursive: true, force: true })
      },
      catch: (cause) => new OutputFailed({ out, reason: reasonOf(cause) }),
    }),
  )
  return result
}, Effect.scoped)

/** Undefined where there is nothing. */
const namesIn = async (folder: string): Promise<ReadonlyArray<string> | undefined> => {
  try {
    return (await fs.readdir(folder)).toSorted()
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined
    throw errorCode(cause) === "ENOTDIR"
      ? new Error("this is a file; give a folder that is to hold one folder a month")
      : cause
  }
}

const syncAll = async (folder: string): Promise<void> => {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) await syncAll(place)
    else {
      const handle = await fs.open(place)
      await handle.sync().finally(() => handle.close())
    }
  }
  await syncFolder(folder)
}
