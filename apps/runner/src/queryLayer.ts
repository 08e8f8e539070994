/** From what the user chose to the archive that answers questions in SQL. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { archiveLayer, postgresLayer } from "./archiveLayer.ts"
import type { Settings } from "./Settings.ts"

/** @param csvFolder of a CSV archive; undefined: Postgres */
export const queryLayer = (csvFolder: string | undefined, settings: Settings) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const use = { access: "read" } as const
      if (csvFolder !== undefined) {
        const { csvArchiveQueryLayer } = yield* Effect.promise(
          () => import("@vodstation-etl/load/csv/CsvArchiveQuery"),
        )
        const choice = { archive: "csv", out: Option.some(csvFolder), excel: undefined } as const
        return csvArchiveQueryLayer(csvFolder).pipe(Layer.provide(archiveLayer(choice, settings, use)))
      }
      const { postgresArchiveQueryLayer } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/PostgresArchiveQuery"),
      )
      return postgresArchiveQueryLayer().pipe(Layer.provide(postgresLayer(settings, use)))
    }),
  )
