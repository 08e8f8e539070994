/** Parquet to a file, to standard output, or to a folder with a file a month. */
import * as fs from "node:fs/promises"
import * as os from "node:os"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import type { Asked, ParquetDraft, TakeChunk } from "@vodstation-etl/load/TableExport"
import { TableExport } from "@vodstation-etl/load/TableExport"
import { OutputFailed, reasonOf } from "./OutputFailed.ts"
import { replaceFile } from "./replaceFile.ts"
import { replaceFolder } from "./replaceFolder.ts"
import { takeToStdout } from "./takeToStdout.ts"

/** Who watches. */
export interface Watched {
  /** Called with the text of rows on their way, CSV of which Parquet makes fewer bytes. */
  readonly came: (chunk: Uint8Array) => void
  readonly making: ParquetDraft<never>["making"]
}

export interface ExportedParquet {
  readonly rows: number
  readonly bytes: number
}

/** One file. */
export const exportParquetFile = (asked: Asked, out: string, watched: Watched) =>
  Effect.gen(function* () {
    // Beside the file, where there is room for it, unless the file is none.
    const beside = out === "-" || out.startsWith("/dev/") ? os.tmpdir() : path.dirname(path.resolve(out))
    const to = <A, E, R>(write: (take: TakeChunk<OutputFailed, never>) => Effect.Effect<A, E, R>) =>
      out === "-" ? write(takeAllToStdout) : replaceFile(out, write)
    return yield* to((take) =>
      Effect.gen(function* () {
        const folder = yield* Effect.acquireRelease(
          Effect.tryPromise({
            try: () => fs.mkdtemp(path.join(beside, ".vodstation-")),
            catch: (cause) => new OutputFailed({ out, reason: reasonOf(cause) }),
          }),
          (folder) => Effect.promise(() => fs.rm(folder, { recursive: true, force: true })),
        )
        const rows = yield* (yield* TableExport).parquet(asked, draftIn(folder, out, watched, false))
        return { rows, bytes: yield* copyFile(path.join(folder, "data.parquet"), out, take) }
      }).pipe(Effect.scoped),
    )
  })

/** `month=2021-09/data_0.parquet` and so on, in a folder. */
export const exportParquetMonths = (asked: Asked, out: string, watched: Watched) =>
  replaceFolder(
    out,
    (name) => name.startsWith("month="),
    (folder) =>
      Effect.gen(function* () {
        const rows = yield* (yield* TableExport).parquet(asked, draftIn(folder, out, watched, true))
        return { rows, bytes: yield* Effect.promise(() => sizeOf(folder)) }
      }),
  )

const takeAllToStdout: TakeChunk<OutputFailed, never> = (chunk) =>
  Effect.catchTag(takeToStdout(chunk), "ReaderLeft", () => Effect.void)

const draftIn = (
  folder: string,
  out: string,
  watched: Watched,
  byMonth: boolean,
): ParquetDraft<OutputFailed> => ({
  folder,
  byMonth,
  writing: (file, write) =>
    Effect.gen(function* () {
      const step = <A>(act: () => Promise<A>) =>
        Effect.tryPromise({ try: act, catch: (cause) => new OutputFailed({ out, reason: reasonOf(cause) }) })
      const handle = yield* Effect.acquireRelease(
        step(() => fs.open(file, "wx")),
        (handle) => Effect.promise(() => handle.close()),
      )
      return yield* write((chunk) => {
        watched.came(chunk)
        return Effect.asVoid(step(() => handle.appendFile(chunk)))
      })
    }).pipe(Effect.scoped),
  making: watched.making,
  remove: (file) => Effect.promise(() => fs.rm(file, { force: true })),
})

const pieceSize = 1_048_576

const copyFile = (file: string, out: string, take: TakeChunk<OutputFailed, never>) =>
  Effect.gen(function* () {
    const step = <A>(act: () => Promise<A>) =>
      Effect.tryPromise({ try: act, catch: (cause) => new OutputFailed({ out, reason: reasonOf(cause) }) })
    const handle = yield* Effect.acquireRelease(
      step(() => fs.open(file)),
      (handle) => Effect.promise(() => handle.close()),
    )
    for (let bytes = 0; ;) {
      const { bytesRead, buffer } = yield* step(() => handle.read({ buffer: Buffer.alloc(pieceSize) }))
      if (bytesRead === 0) return bytes
      bytes += bytesRead
      yield* take(buffer.subarray(0, bytesRead))
    }
  }).pipe(Effect.scoped)

const sizeOf = async (folder: string): Promise<number> => {
  let bytes = 0
  for (const name of await fs.readdir(folder, { recursive: true }))
    bytes += await fs.stat(path.join(folder, name)).then((found) => (found.isFile() ? found.size : 0))
  return bytes
}
