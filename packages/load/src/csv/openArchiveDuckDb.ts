/** A DuckDB over the committed files of a CSV archive, with all tables and views of the Postgres schema. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import { type ArchiveError, ArchiveFailed } from "../ArchiveError.ts"
import { openDuckDb } from "../duckdb/DuckDb.ts"
import { DuckDbError } from "../duckdb/DuckDbError.ts"
import { errorCode } from "../errorCode.ts"
import { mapErrorOf } from "../mapErrorOf.ts"
import { archiveTables } from "./archiveTables.ts"
import { archiveViews } from "./archiveViews.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { ArchiveSettings } from "./ArchiveSettings.ts"
import { fileWork } from "./archiveFailed.ts"
import { committedFolder } from "./committedFolder.ts"

export interface ArchiveDuckDbOptions {
  readonly folder: ArchiveFolder
  readonly settings: ArchiveSettings
  readonly place: string
  readonly threads: number
  /** Folders beside the archive's that it may use. */
  readonly folders: ReadonlyArray<string>
}

export const openArchiveDuckDb = Effect.fn("openArchiveDuckDb")(function* (options: ArchiveDuckDbOptions) {
  const { folder, settings, place } = options
  const statements = yield* fileWork(place, "looking for its files", async () => [
    ...(await archiveTables({ folder: await committedFolder(folder), settings })),
    ...archiveViews(),
  ])
  const duckDb = yield* openDuckDb({ ...options, folders: [folder.root, ...options.folders] })
  yield* duckDb.run(statements.join(";\n"))
  return duckDb
})

/**
 * Runs `ask`, again when a program has committed to the archive meanwhile, so that its answer is one moment of it. It is
 * given the state of the archive, another one after each commit; `failed` tells what an error of DuckDB's means. With one
 * attempt it fails then.
 */
export const askUnchanged = <A, E, R, F>(
  { folder, place }: Pick<ArchiveDuckDbOptions, "folder" | "place">,
  ask: (state: string) => Effect.Effect<A, E, R>,
  failed: (error: DuckDbError) => F,
  attempts = 3,
): Effect.Effect<A, Exclude<E, DuckDbError> | F | ArchiveError, R> =>
  Effect.gen(function* () {
    const look = fileWork(place, "looking for its files", () => stateOf(folder))
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const before = yield* look
      const answer = yield* Effect.result(ask(before))
      if ((yield* look) === before) return yield* mapErrorOf(Effect.fromResult(answer), DuckDbError, failed)
    }
    return yield* new ArchiveFailed({
      archive: place,
      doing: "reading its files",
      reason: "another program was writing to them; wait until it has ended",
    })
  })

/** Another text after each commit, and after each step of one. */
const stateOf = async (folder: ArchiveFolder): Promise<string> => {
  const pending = await fs.readdir(folder.pending).catch(ifThere<ReadonlyArray<string>>([]))
  const manifests = await Promise.all(
    pending.map((name) =>
      fs.stat(path.join(folder.pending, name, "manifest.json")).then(() => name, ifThere("")),
    ),
  )
  const ledger = await fs.stat(folder.ledger, { bigint: true }).catch(ifThere(undefined))
  return [...manifests.toSorted(), ledger?.ino, ledger?.mtimeNs].join("/")
}

const ifThere =
  <A>(otherwise: A) =>
  (cause: unknown): A => {
    if (errorCode(cause) === "ENOENT" || errorCode(cause) === "ENOTDIR") return otherwise
    throw cause
  }
