/**
 * Bytes that wait on the local disk: a file in the system's folder for temporary files (`TMPDIR`), which no other user can
 * read. It loses its name before the first byte is written, so that it is gone with the program, however that ends.
 */
import { randomUUID } from "node:crypto"
import * as fs from "node:fs/promises"
import { tmpdir } from "node:os"
import * as path from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { errorCode } from "../errorCode.ts"

/** A day did not fit into memory, and could not wait on the disk either. */
export class SpillFailed extends Schema.TaggedError<SpillFailed>()("SpillFailed", {
  /** What happened, where, and what to do about it. */
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

/** Where the files are made; `undefined`: the system's folder for temporary files. */
export const SpillFolder = Context.Reference<string | undefined>(
  "@vodstation-etl/load/postgres/SpillFolder",
  {
    defaultValue: () => undefined,
  },
)

const readAtOnce = 65_536

export class SpillFile {
  private readonly handle: fs.FileHandle
  private readonly folder: string

  private constructor(handle: fs.FileHandle, folder: string) {
    this.handle = handle
    this.folder = folder
  }

  /** An empty file, closed with the scope. */
  static readonly open: Effect.Effect<SpillFile, SpillFailed, Scope.Scope> = Effect.gen(function* () {
    const folder = (yield* SpillFolder) ?? tmpdir()
    const name = path.join(folder, `vodstation-etl-${randomUUID()}`)
    const { handle } = yield* Effect.acquireRelease(
      attempt(folder, () => openUnnamed(name)),
      (opened) => Effect.promise(() => close(opened)),
    )
    return new SpillFile(handle, folder)
  })

  /** One call at a time. */
  append(chunks: Iterable<Uint8Array>): Effect.Effect<void, SpillFailed> {
    return attempt(this.folder, async () => {
      for (const chunk of chunks) await this.handle.appendFile(chunk)
    })
  }

  /** All bytes from the first, in new buffers; fails with `SpillFailed`. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (let position = 0; ;) {
      const buffer = Buffer.allocUnsafeSlow(readAtOnce)
      const { bytesRead } = await this.handle
        .read(buffer, 0, readAtOnce, position)
        .catch((cause: unknown) => Promise.reject(spillFailed(this.folder, cause)))
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }
}

interface Opened {
  readonly handle: fs.FileHandle
  /** Where a file keeps its name while it is open. */
  readonly name: string | undefined
}

const openUnnamed = async (name: string): Promise<Opened> => {
  const handle = await fs.open(name, "wx+", 0o600)
  return fs.unlink(name).then(
    () => ({ handle, name: undefined }),
    () => ({ handle, name }),
  )
}

const close = async ({ handle, name }: Opened): Promise<void> => {
  await handle.close()
  if (name !== undefined) await fs.rm(name, { force: true })
}

const attempt = <A>(folder: string, work: () => Promise<A>): Effect.Effect<A, SpillFailed> =>
  Effect.tryPromise({ try: work, catch: (cause) => spillFailed(folder, cause) })

const spillFailed = (folder: string, cause: unknown): SpillFailed => {
  const code = errorCode(cause)
  return new SpillFailed({
    reason:
      code === "ENOSPC" || code === "EDQUOT"
        ? `a large day waits in ${folder}, where there is no space left: free some, or set TMPDIR to a folder on a larger disk`
        : `a large day cannot wait in ${folder} (${cause instanceof Error ? cause.message : String(cause)}): set TMPDIR to another folder`,
  })
}
