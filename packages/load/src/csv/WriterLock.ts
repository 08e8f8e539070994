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
import {
  bootOf,
  isProcessAlive,
  machineNamespace,
  processNamespace,
  processStart,
} from "./processIdentity.ts"
import { giveSign, signHasEnded } from "./signOfLife.ts"
import { writeSynced } from "./writeSynced.ts"

const Holder = Schema.Struct({
  pid: Schema.Int,
  /** Of the process, where the system tells it. */
  processStart: Schema.optionalKey(Schema.String),
  /** Of its number, where the system tells it. */
  namespace: Schema.optionalKey(Schema.String),
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
  return holder !== undefined && (await isHeld(lock, holder)) ? holder : undefined
}

/** Takes the lock at `lock` or tells who holds it; never waits. Fails as the file system does. */
export const takeWriterLock = async (lock: string, since: number): Promise<LockAttempt> => {
  const start = await processStart(process.pid)
  const namespace = await processNamespace()
  const own: LockHolder = {
    pid: process.pid,
    ...(start === undefined ? {} : { processStart: start }),
    ...(namespace === undefined ? {} : { namespace }),
    host: os.hostname(),
    since: new Date(since).toISOString(),
    token: randomUUID(),
  }
  const draft = `${lock}.draft.${own.token}`
  try {
    // Each round is lost to another program that took or gave back the lock meanwhile.
    while (true) {
      const end = await findEnd(lock)
      if (end.holder !== undefined && (await isHeld(lock, end.holder)))
        return { _tag: "Held", by: end.holder }
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
      const isAlone = namespace === undefined || namespace === machineNamespace
      const endSign = isAlone ? undefined : await giveSign(signFile(lock, own.token))
      return {
        _tag: "Taken",
        release: async () => {
          await release(lock, own.token)
          await endSign?.()
        },
      }
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

const signFile = (lock: string, token: string): string => `${lock}.alive.${token}`

/** A holder that cannot be asked counts as alive: on another machine, or in a container, but for its sign of life. */
const isHeld = async (lock: string, holder: LockHolder): Promise<boolean> => {
  const { pid, host, namespace, token } = holder
  const isHere = host === os.hostname()
  const own = await processNamespace()
  if (isHere && (namespace === undefined || namespace === own))
    return isProcessAlive(pid, holder.processStart)
  const [boot, ownBoot] = [bootOf(holder.processStart), bootOf(await processStart(process.pid))]
  if (boot === undefined || ownBoot === undefined) return true
  // The same name and another boot: a machine that was restarted meanwhile, and all that ran on it has ended.
  return boot === ownBoot ? !(await signHasEnded(signFile(lock, token))) : !isHere
}

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
