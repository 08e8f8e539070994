/** From the flags of `export` to what exports from the archive that they mean. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { archiveLayer, postgresLayer } from "./archiveLayer.ts"
import type { ExportFlags } from "./ExportFlags.ts"
import type { Settings } from "./Settings.ts"

export const exportLayer = (flags: Pick<ExportFlags, "archive" | "archiveDir">, settings: Settings) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const use = { access: "read" } as const
      if (flags.archive === "csv") {
        const { csvTableExportLayer } = yield* Effect.promise(
          () => import("@vodstation-etl/load/csv/CsvTableExport"),
        )
        const choice = {
          archive: "csv",
          out: Option.fromUndefinedOr(flags.archiveDir),
          excel: undefined,
        } as const
        return csvTableExportLayer(flags.archiveDir!).pipe(Layer.provide(archiveLayer(choice, settings, use)))
      }
      const { postgresTableExportLayer } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/PostgresTableExport"),
      )
      return postgresTableExportLayer.pipe(Layer.provide(postgresLayer(settings, use)))
    }),
  )
