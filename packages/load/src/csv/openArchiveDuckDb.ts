/** A DuckDB over the committed files of a CSV archive, with all tables and views of the Postgres schema. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import { type ArchiveError, ArchiveFailed } from "../ArchiveError.ts"
import { openDuckDb } from "../duckdb/DuckDb.ts"
import { DuckDbError } from "../duckdb/DuckDbError.ts"
import { errorCode } from "../errorCode.ts"
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
 * given the state of the archive, another one after each commit; `failed` tells what an error of DuckDB's means.
 */
export const askUnchanged = <A, E, R>(
  { folder, place }: Pick<ArchiveDuckDbOptions, "folder" | "place">,
  ask: (state: string) => Effect.Effect<A, E | DuckDbError, R>,
  failed: (error: DuckDbError) => E,
): Effect.Effect<A, E | ArchiveError, R> =>
  Effect.gen(function* () {
    const look = fileWork(place, "looking for its files", () => stateOf(folder))
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const before = yield* look
      const answer = yield* Effect.result(ask(before))
      if ((yield* look) === before)
        return yield* Effect.mapError(Effect.fromResult(answer), (error) =>
          error instanceof DuckDbError ? failed(error) : error,
        )
    }
    return yield* new ArchiveFailed({
      archive: place,
      doing: "reading its files",
      reason: "another program goes on writing to them; wait until it has ended",
    })
  })

const attempts = 3

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
