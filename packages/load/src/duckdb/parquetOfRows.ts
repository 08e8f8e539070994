/** Parquet of rows that come as text: they lie in a CSV file beside it until DuckDB has read them. */
import * as path from "node:path"
import * as Effect from "effect/Effect"
import { ArchiveFailed } from "../ArchiveError.ts"
import type { ParquetDraft } from "../TableExport.ts"
import { openDuckDb } from "./DuckDb.ts"
import { DuckDbError } from "./DuckDbError.ts"
import { csvQuery, type ReadColumn, writeParquet } from "./parquetFiles.ts"

/**
 * @param place where the archive is, for messages
 * @param named what of it is exported
 * @param copyTo writes all rows to the file, without a header, and gives their columns
 * @returns the count of rows
 */
export const parquetOfRows = <EDraft, E, R>(
  { place, named }: { readonly place: string; readonly named: string },
  draft: ParquetDraft<EDraft>,
  copyTo: (file: string) => Effect.Effect<ReadonlyArray<ReadColumn>, E, R>,
) =>
  Effect.gen(function* () {
    // Before the rows are copied, to tell at once where it is missing.
    const duckDb = yield* openDuckDb({ folders: [draft.folder], threads: 1, place })
    const file = path.join(draft.folder, "rows.csv")
    const columns = yield* copyTo(file)
    return yield* Effect.gen(function* () {
      draft.making(duckDb.copied)
      const read = yield* csvQuery(duckDb, file, columns)
      return yield* writeParquet(duckDb, draft, read.columns, read.query)
    }).pipe(
      Effect.mapError((error) =>
        error instanceof DuckDbError
          ? new ArchiveFailed({
              archive: place,
              doing: `exporting ${named} as Parquet`,
              reason: error.reason,
            })
          : error,
      ),
      Effect.ensuring(draft.remove(file)),
    )
  })
