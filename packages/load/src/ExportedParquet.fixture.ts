/** For tests: an export as Parquet in a folder of its own, and what DuckDB reads in it, who wrote it or not. */
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"
import { DuckDBInstance } from "@duckdb/node-api"
import { Effect } from "effect"
import type { Asked, ParquetDraft, TableExport } from "./TableExport.ts"

export const parquetDraft = (byMonth: boolean) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => fs.mkdtempSync(path.join(os.tmpdir(), "vodstation-parquet-"))),
      (folder) => Effect.sync(() => fs.rmSync(folder, { recursive: true })),
    ),
    (folder): ParquetDraft<never> => ({
      folder,
      byMonth,
      writing: (file, write) =>
        write((chunk) => Effect.sync(() => fs.appendFileSync(file, chunk))).pipe(
          // An export of no rows gives no piece.
          Effect.tap(() => Effect.sync(() => fs.appendFileSync(file, ""))),
        ),
      making: () => {},
      remove: (file) => Effect.sync(() => fs.rmSync(file)),
    }),
  )

export interface ParquetRead {
  /** The count that the export gives. */
  readonly rows: number
  /** Where it lies. */
  readonly folder: string
  /** Every file in the folder, by its path in it. */
  readonly files: ReadonlyArray<string>
  /** By column, as DuckDB calls it. */
  readonly types: Readonly<Record<string, string>>
  /** Each as the texts of its cells, lists as DuckDB writes them. */
  readonly cells: ReadonlyArray<ReadonlyArray<string | null>>
  readonly select: (sql: string) => Promise<ReadonlyArray<ReadonlyArray<unknown>>>
}

/** Exports, and reads it back in the order in which it lies there. */
export const exportedParquet = Effect.fnUntraced(function* (
  exports: TableExport["Service"],
  asked: Asked,
  byMonth = false,
) {
  const draft = yield* parquetDraft(byMonth)
  const rows = yield* exports.parquet(asked, draft)
  return yield* Effect.promise(() => readParquet(rows, draft.folder))
})

const reader = DuckDBInstance.create().then(async (instance) => {
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  return connection
})

const readParquet = async (rows: number, folder: string): Promise<ParquetRead> => {
  const connection = await reader
  const files = (fs.readdirSync(folder, { recursive: true }) as Array<string>)
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .toSorted()
  const select = async (sql: string) =>
    (
      await connection.runAndReadAll(sql.replace("PARQUET", `read_parquet('${folder}/**/*.parquet')`))
    ).getRows()
  const described = await select("DESCRIBE SELECT * FROM PARQUET")
  return {
    rows,
    folder,
    files,
    types: Object.fromEntries(described.map(([name, type]) => [name, type])),
    cells: (await select("SELECT COLUMNS(*)::VARCHAR FROM PARQUET")) as ParquetRead["cells"],
    select,
  }
}
