/**
 * The lock that lets one program write an archive at a time: the file `.lock`, which says who holds it.
 *
 * Taking a free lock is one `link`, which only one can win. Taking over the lock of a dead holder must not be "remove, then
 * link", since a second program that saw the same dead holder would remove the new lock. So it is one `link` too: to the
 * name `.lock.TOKEN`, where TOKEN is the dead holder's own, never used again. Whoever wins that name holds the lock, and then
 * moves its record to `.lock`. Should it die in between, the next one follows the names to their end. Whoever wins a name
 * looks again from the start whether it leads there: not so if the lock has meanwhile been moved on.
 */
import { randomUUID } from "node:crypto"
import * as fs from "node:fs/promises"
import * as os from "node:os"
import * as path from "node:path"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { errorCode } from "../errorCode.ts"
import { isProcessAlive, processStart } from "./processIdentity.ts"
import { writeSynced } from "./writeSynced.ts"

const Holder = Schema.Struct({
  pid: Schema.Int,
  /** Of the process, where the system tells it. */
  processStart: Schema.optionalKey(Schema.String),
  host: Schema.String,
  /** When the lock was taken, ISO 8601. */
  since: Schema.String,
  token: Schema.String,
})
/** Who holds the lock. */
export type LockHolder = typeof Holder.Type

const HolderText = Schema.fromJsonString(Holder)

export type LockAttempt =
  | { readonly _tag: "Taken"; readonly release: () => Promise<void> }
  | { readonly _tag: "Held"; readonly by: LockHolder }

interface End {
  /** The name that a new holder has to win. */
  readonly next: string
  /** The last holder on the way there; undefined if the lock is free. */
  readonly holder: LockHolder | undefined
}

/** Who holds the lock at `lock`; undefined if it could be taken. Writes nothing. */
export const writerLockHolder = async (lock: string): Promise<LockHolder | undefined> => {
  const { holder } = await findEnd(lock)
  return holder !== undefined && (await isHeld(holder)) ? holder : undefined
}

/** Takes the lock at `lock` or tells who holds it; never waits. Fails as the file system does. */
export const takeWriterLock = async (lock: string, since: number): Promise<LockAttempt> => {
  const start = await processStart(process.pid)
  const own: LockHolder = {
    pid: process.pid,
    ...(start === undefined ? {} : { processStart: start }),
    host: os.hostname(),
    since: new Date(since).toISOString(),
    token: randomUUID(),
  }
  const draft = `${lock}.draft.${own.token}`
  try {
    // Each round is lost to another program that took or gave back the lock meanwhile.
    while (true) {
      const end = await findEnd(lock)
      if (end.holder !== undefined && (await isHeld(end.holder))) return { _tag: "Held", by: end.holder }
      await writeSynced(draft, Schema.encodeSync(HolderText)(own))
      if (!(await wins(draft, end.next))) continue
      if (end.next !== lock) {
        if ((await findEnd(lock)).holder?.token !== own.token) {
          await fs.rm(end.next, { force: true })
          continue
        }
        await fs.rename(draft, lock)
      }
      await removeOthers(lock)
      return { _tag: "Taken", release: () => release(lock, own.token) }
    }
  } finally {
    await fs.rm(draft, { force: true })
  }
}

const wins = async (draft: string, name: string): Promise<boolean> => {
  try {
    await fs.link(draft, name)
    return true
  } catch (cause) {
    if (errorCode(cause) === "EEXIST" || errorCode(cause) === "ENOENT") return false
    throw cause
  }
}

const findEnd = async (lock: string): Promise<End> => {
  let next = lock
  let holder: LockHolder | undefined
  while (true) {
    const found = await readHolder(next)
    if (found === undefined) return { next, holder }
    holder = found
    next = `${lock}.${found.token}`
  }
}

const readHolder = async (file: string): Promise<LockHolder | undefined> => {
  try {
    const text = await fs.readFile(file, "utf8")
    const holder = Schema.decodeOption(HolderText)(text)
    if (Option.isSome(holder)) return holder.value
    throw new Error(`${file} is no lock of ours: remove it if no other program writes to this archive`)
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined
    throw cause
  }
}

/** A holder on another machine cannot be asked, and so counts as alive. */
const isHeld = async (holder: LockHolder): Promise<boolean> =>
  holder.host !== os.hostname() || (await isProcessAlive(holder.pid, holder.processStart))

/** Names on the way to dead holders, and what killed programs left of their attempts. */
const removeOthers = async (lock: string): Promise<void> => {
  const folder = path.dirname(lock)
  const prefix = `${path.basename(lock)}.`
  for (const name of await fs.readdir(folder))
    if (name.startsWith(prefix)) await fs.rm(path.join(folder, name), { force: true })
}

const release = async (lock: string, token: string): Promise<void> => {
  if ((await readHolder(lock))?.token === token) await fs.rm(lock, { force: true })
}
