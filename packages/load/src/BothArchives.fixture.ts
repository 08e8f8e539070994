/**
 * For tests: both archives, each fresh and with the means to look into it and to change it by hand, so that one test can be
 * run on either. They must behave alike.
 */
import * as fs from "node:fs"
import type { Encoding, Reject, StoredEncoding } from "@vodstation-etl/core/Encoding"
import { compareKeys } from "@vodstation-etl/core/compareEncodings"
import type { Reading } from "@vodstation-etl/core/Reading"
import { Context, Effect, type Scope } from "effect"
import type { StageOptions } from "./Archive.ts"
import { Archive } from "./Archive.ts"
import type { ArchiveError } from "./ArchiveError.ts"
import { archiveFolder } from "./csv/ArchiveFolder.ts"
import { encodingOf, freshFolder, openFolder, readingOf } from "./csv/CsvFolder.fixture.ts"
import { readStoredDay } from "./csv/readStoredDay.ts"
import { sqlStatement } from "./postgres/sqlStatement.ts"
import { PostgresDatabase } from "./postgres/PostgresDatabase.ts"
import { StoredRow } from "./postgres/StoredRows.ts"
import { openArchive, TestPostgres } from "./postgres/TestPostgres.fixture.ts"

export interface FreshArchive {
  /** Not prepared yet. */
  readonly archive: Archive["Service"]
  /** Its schema or its folder. */
  readonly place: string
  /** Another program that opens the same archive. */
  readonly again: Effect.Effect<Archive["Service"], ArchiveError, Scope.Scope>
  /** By key. */
  readonly rows: (workDate: string) => Effect.Effect<ReadonlyArray<StoredEncoding>, ArchiveError>
  /** What somebody does to the archive without us. */
  readonly deleteByHand: (workDate: string, filePath: string) => Effect.Effect<unknown>
  readonly changeByHand: (workDate: string, from: string, to: string) => Effect.Effect<unknown>
}

const selectRows = sqlStatement("selectStoredTwins").replace(/JOIN twin_identity.*\n/, "")

const freshPostgres = Effect.gen(function* () {
  const test = yield* TestPostgres
  const schema = yield* test.freshSchema
  const context = yield* openArchive(schema)
  const database = Context.get(context, PostgresDatabase)
  const rows = (workDate: string) =>
    Effect.map(Effect.orDie(database.select(StoredRow, selectRows, [workDate])), (rows) =>
      rows.toSorted(compareKeys),
    )
  const fresh: FreshArchive = {
    archive: Context.get(context, Archive),
    place: schema,
    again: openArchive(schema).pipe(
      Effect.map((context) => Context.get(context, Archive)),
      Effect.provideService(TestPostgres, test),
    ),
    rows,
    deleteByHand: (workDate, filePath) =>
      test.query(`DELETE FROM ${schema}.encoding WHERE work_date = $1 AND file_path = $2`, [
        workDate,
        filePath,
      ]),
    changeByHand: (workDate, from, to) =>
      test.query(`UPDATE ${schema}.encoding SET link = $3 WHERE work_date = $1 AND link = $2`, [
        workDate,
        from,
        to,
      ]),
  }
  return fresh
})

const freshCsv = Effect.gen(function* () {
  const root = yield* freshFolder
  const folder = archiveFolder(root)
  const edit = (
    name: "encoding" | "encoding_provenance",
    workDate: string,
    change: (line: string) => string,
  ) => {
    const file = folder.dayFile(name, workDate)
    const lines = fs.readFileSync(file, "utf8").split(/(?<=\n)/)
    fs.writeFileSync(file, lines.map(change).join(""))
  }
  const fresh: FreshArchive = {
    archive: yield* openFolder(root),
    place: root,
    again: openFolder(root, { access: "read" }),
    rows: (workDate) =>
      Effect.promise(async () => {
        const rows: Array<StoredEncoding> = []
        for await (const batch of readStoredDay(folder, { excel: false }, workDate)) rows.push(...batch)
        return rows
      }),
    deleteByHand: (workDate, filePath) =>
      Effect.sync(() => {
        for (const name of ["encoding", "encoding_provenance"] as const)
          edit(name, workDate, (line) => (line.includes(`,${filePath},`) ? "" : line))
      }),
    changeByHand: (workDate, from, to) =>
      Effect.sync(() => edit("encoding", workDate, (line) => line.replace(`,${from},`, `,${to},`))),
  }
  return fresh
})

export const bothArchives = [
  ["in Postgres", freshPostgres],
  ["of CSV files", freshCsv],
] as const

/** Terminal rows, in the order of their keys. */
export const rowsOf = (count: number, row: Partial<Encoding> = {}) =>
  Array.from({ length: count }, (_, index) =>
    encodingOf({ filePath: `/${String(index).padStart(3, "0")}.mp4`, link: `https://x/${index}`, ...row }),
  )
export const rejectsOf = (count: number): ReadonlyArray<Reject> =>
  Array.from({ length: count }, (_, index) => ({
    fingerprint: String(index).padStart(64, "0"),
    reason: "no categoryId",
    payload: `{"n":${index}}`,
  }))

export interface LoadedDay extends Partial<Reading> {
  readonly rows: ReadonlyArray<Encoding>
  readonly rejects?: ReadonlyArray<Reject>
  readonly runId?: string
}

/** Stages and commits a reading, by default one that is strong and settled. */
export const loadDay = (
  archive: Archive["Service"],
  { rows, rejects = [], runId = "00000000-0000-4000-8000-000000000001", ...reading }: LoadedDay,
  options?: StageOptions,
) =>
  Effect.scoped(
    Effect.gen(function* () {
      const whole = readingOf(rows, rejects, reading)
      const staged = yield* archive.stageDay(whole.workDate, { runId }, options)
      yield* staged.add([...rows], rejects)
      return yield* staged.commit(whole)
    }),
  )
