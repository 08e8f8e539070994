/** Questions to a folder of CSV files, answered by a DuckDB over what is committed, opened anew after each commit. */
import * as os from "node:os"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { Archive } from "../Archive.ts"
import { ArchiveFailed } from "../ArchiveError.ts"
import { ArchiveQuery } from "../ArchiveQuery.ts"
import type { DuckDb } from "../duckdb/DuckDb.ts"
import { queryRows } from "../duckdb/queryValues.ts"
import { inTime } from "../inTime.ts"
import { noArchiveYet } from "../noArchiveYet.ts"
import { archiveFolder } from "./ArchiveFolder.ts"
import type { ArchiveSettings } from "./ArchiveSettings.ts"
import { readSettings } from "./ArchiveSettings.ts"
import { fileWork } from "./archiveFailed.ts"
import { askUnchanged, openArchiveDuckDb } from "./openArchiveDuckDb.ts"
import { withoutProvenance } from "./withoutProvenance.ts"

const make = (path: string, seconds: number | undefined) =>
  Effect.gen(function* () {
    const { place, timeZone } = yield* Archive
    const folder = archiveFolder(path)
    const found = fileWork(place, "reading archive.json", () => readSettings(folder))
    const threads = Math.min(os.availableParallelism(), 4)
    const scope = yield* Effect.scope
    const oneByOne = yield* Semaphore.make(1)
    let open: { readonly state: string; readonly duckDb: DuckDb; readonly scope: Scope.Closeable } | undefined

    const openOf = Effect.fnUntraced(function* (state: string, settings: ArchiveSettings) {
      if (open?.state === state) return open.duckDb
      if (open !== undefined) yield* Scope.close(open.scope, Exit.void)
      open = undefined
      const own = yield* Scope.fork(scope)
      const duckDb = yield* openArchiveDuckDb({ folder, settings, place, threads, folders: [] }).pipe(
        Scope.provide(own),
        Effect.onError(() => Scope.close(own, Exit.void)),
      )
      open = { state, duckDb, scope: own }
      return duckDb
    })

    const select: ArchiveQuery["Service"]["select"] = Effect.fn("CsvArchiveQuery.select")(
      function* (sql, parameters = []) {
        const opened = yield* found
        if (opened._tag !== "Settings") return yield* noArchiveYet(place, place)
        const texts = parameters.map((value) => (value === null ? null : String(value)))
        return yield* askUnchanged(
          { folder, place },
          (state) =>
            Effect.flatMap(openOf(state, opened.settings), (duckDb) => {
              const answer = duckDb.read(withoutProvenance(sql), texts, queryRows)
              return seconds === undefined ? answer : inTime({ place, doing: "reading", seconds }, answer)
            }),
          ({ reason }) => new ArchiveFailed({ archive: place, doing: "reading", reason }),
        )
      },
      (asking) => oneByOne.withPermit(asking),
    )

    return ArchiveQuery.of({ place, timeZone, select })
  })

/**
 * Of the archive in that folder, which `CsvArchive.layer` opens.
 *
 * @param seconds after which a question is stopped; undefined: never
 */
export const csvArchiveQueryLayer = (
  folder: string,
  seconds?: number,
): Layer.Layer<ArchiveQuery, never, Archive> => Layer.effect(ArchiveQuery, make(folder, seconds))
