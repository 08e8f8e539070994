/** What `export` is asked for on the command line, and which of it contradicts itself. */
import * as path from "node:path"
import * as Effect from "effect/Effect"
import type { ReadArchiveFlags } from "./csvFolderOf.ts"
import { InvalidFlag } from "./InvalidFlag.ts"

export interface ExportFlags extends ReadArchiveFlags {
  /** NAME. */
  readonly table: string | undefined
  /** The file that holds a SELECT; `-` is standard input. */
  readonly sql: string | undefined
  readonly timeout: string | undefined
  readonly format: "csv" | "ndjson" | "parquet"
  readonly partition: "month" | undefined
  readonly out: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly excel: boolean
  readonly json: boolean
  readonly quiet: boolean
}

/** Refuses flags that do not go together. */
export const checkExportFlags = (flags: ExportFlags): Effect.Effect<void, InvalidFlag> => {
  const wrong = contradictions(flags).find(([is]) => is)
  return wrong === undefined
    ? Effect.void
    : Effect.fail(new InvalidFlag({ flag: wrong[1], reason: wrong[2] }))
}

/** What others take a file for, by its name. */
const formatOfEnding: Readonly<Record<string, ExportFlags["format"]>> = {
  ".csv": "csv",
  ".json": "ndjson",
  ".jsonl": "ndjson",
  ".ndjson": "ndjson",
  ".parquet": "parquet",
}

const excelEndings = new Set([".xls", ".xlsx"])

const contradictions = (flags: ExportFlags): ReadonlyArray<readonly [boolean, string, string]> => {
  const bySql = flags.sql !== undefined
  const toStdout = flags.out === "-"
  const ending = path.extname(flags.out).toLowerCase()
  const named = flags.partition === undefined ? formatOfEnding[ending] : undefined
  return [
    [
      !bySql && flags.table === undefined,
      "NAME",
      "give the name of a table or view, or a SELECT with --sql FILE",
    ],
    [bySql && flags.table !== undefined, "--sql", "goes without NAME: the SELECT says what is asked"],
    [bySql && flags.from !== undefined, "--from", "goes with NAME; write the days into the SELECT"],
    [bySql && flags.to !== undefined, "--to", "goes with NAME; write the days into the SELECT"],
    [!bySql && flags.timeout !== undefined, "--timeout", "goes with --sql"],
    [flags.excel && flags.format !== "csv", "--excel", "goes with --format csv"],
    [
      flags.partition !== undefined && flags.format !== "parquet",
      "--partition",
      "goes with --format parquet",
    ],
    [
      flags.partition !== undefined && toStdout,
      "--partition",
      "makes a folder, and standard output is none; give one with --out",
    ],
    [
      excelEndings.has(ending),
      `--out ${flags.out}`,
      "Excel's own files are not written; --excel with a name that ends in .csv makes a file that Excel opens",
    ],
    [
      named !== undefined && named !== flags.format,
      `--out ${flags.out}`,
      `would hold ${flags.format}, whatever its name says; give --format ${named}, or another name`,
    ],
    [flags.json && toStdout, "--json", "standard output is taken by --out -; give a file"],
  ]
}
