/** From what the user chose to what answers questions to an archive, and what exports from it. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { archiveLayer, postgresLayer } from "./archiveLayer.ts"
import type { Settings } from "./Settings.ts"

/**
 * @param csvFolder of a CSV archive; undefined: Postgres
 * @param seconds after which a question is stopped; undefined: never
 */
export const archiveReaders = (csvFolder: string | undefined, settings: Settings, seconds?: number) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const use = { access: "read" } as const
      if (csvFolder !== undefined) {
        const { csvArchiveQueryLayer } = yield* Effect.promise(
          () => import("@vodstation-etl/load/csv/CsvArchiveQuery"),
        )
        const { csvTableExportLayer } = yield* Effect.promise(
          () => import("@vodstation-etl/load/csv/CsvTableExport"),
        )
        const choice = { archive: "csv", out: Option.some(csvFolder), excel: undefined } as const
        return Layer.mergeAll(csvArchiveQueryLayer(csvFolder, seconds), csvTableExportLayer(csvFolder)).pipe(
          Layer.provide(archiveLayer(choice, settings, use)),
        )
      }
      const { postgresArchiveQueryLayer } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/PostgresArchiveQuery"),
      )
      const { postgresTableExportLayer } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/PostgresTableExport"),
      )
      return Layer.mergeAll(postgresArchiveQueryLayer(seconds), postgresTableExportLayer).pipe(
        Layer.provide(postgresLayer(settings, use)),
      )
    }),
  )
