/** What the operators of docs/mistakes.md find: archives that cannot be used as they are asked for, and worse. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Redacted, Scope } from "effect"
import { Archive } from "@vodstation-etl/load/Archive"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import { postgresArchiveLayer } from "@vodstation-etl/load/postgres/PostgresArchive"
import { folderOf } from "./Mistake.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

type Environment = Readonly<Record<string, string>>

/** Makes what the page says is given; gives what of the environment goes with it. */
export const prepareMistake = async (bench: Workbench, given: string | undefined): Promise<Environment> => {
  if (given === undefined) return {}
  const prepare = preparations[given]
  if (prepare === undefined) throw new Error(`nobody knows how to make ${given}`)
  return (await prepare(bench)) ?? {}
}

/** For root, who may write everywhere, the program becomes another user first. */
const asNobody: Environment =
  process.getuid?.() === 0
    ? { NODE_OPTIONS: "--import data:text/javascript,process.setgid(65534);process.setuid(65534)" }
    : {}

const inArchive: Environment = { VODSTATION_SCHEMA: "archive" }

const postgresArchive = async (bench: Workbench): Promise<Environment> => {
  const target = Redacted.make(bench.databaseUrl)
  await Effect.runPromise(
    Effect.flatMap(Archive, (archive) => archive.prepare("127.0.0.1")).pipe(
      Effect.provide(postgresArchiveLayer({ target, schema: "archive", timeZone: undefined })),
    ),
  )
  return inArchive
}

const postgresArchiveAfter = (sql: string) => async (bench: Workbench) => {
  await postgresArchive(bench)
  await bench.execute("archive", sql)
  return inArchive
}

const openCsv = (bench: Workbench) =>
  CsvArchive.make({ folder: folderOf(bench), timeZone: undefined, excel: undefined, access: "write" })

const csvArchive = (bench: Workbench): Promise<void> =>
  Effect.runPromise(
    openCsv(bench).pipe(
      Effect.flatMap((archive) => archive.prepare("127.0.0.1")),
      Effect.scoped,
    ),
  )

const csvArchiveWith = (changes: object) => async (bench: Workbench) => {
  await csvArchive(bench)
  const settings = { format: 1, timeZone: "Asia/Seoul", host: "127.0.0.1", excel: false, ...changes }
  writeFileSync(join(folderOf(bench), "archive.json"), JSON.stringify(settings))
}

const preparations: Readonly<Record<string, (bench: Workbench) => Promise<Environment | void>>> = {
  "an account that has no VOD Station at this site": async ({ simulator }) =>
    simulator.setOptions({ refuseCredentials: "unsubscribed" }),
  "a login page that answers in the gateway's place": async ({ simulator }) =>
    simulator.setOptions({ faultPlan: () => "html200" }),
  "a quota that is spent": async ({ simulator }) => simulator.setOptions({ faultPlan: () => "quota" }),
  "a role that may not make a schema": ({ execute }) =>
    execute(
      "public",
      `DO $$ BEGIN
         IF to_regrole('reader') IS NULL THEN CREATE ROLE reader LOGIN PASSWORD 'p'; END IF;
       END $$`,
    ),
  "a schema that holds a table of somebody else": async ({ execute }) => {
    await execute("public", "CREATE SCHEMA archive")
    await execute("public", "CREATE TABLE archive.encoding (id int)")
    return inArchive
  },
  "an archive in Postgres": postgresArchive,
  "an archive in Postgres of another host": postgresArchiveAfter(
    "UPDATE archive_setting SET value = 'vodstation.apigw.ntruss.com' WHERE name = 'host'",
  ),
  "an archive in Postgres of a newer version": postgresArchiveAfter(
    "INSERT INTO archive_migration (name, run_on) VALUES ('0099_future', now())",
  ),
  "a folder where this user may not write": async (bench) => {
    mkdirSync(folderOf(bench))
    chmodSync(folderOf(bench), 0o555)
    return asNobody
  },
  "an archive of CSV files": csvArchive,
  "an archive of CSV files of another host": csvArchiveWith({ host: "vodstation.apigw.ntruss.com" }),
  "an archive of CSV files of a newer version": csvArchiveWith({ format: 99 }),
  "an archive of CSV files that a program is writing to": async (bench) => {
    // Held by this process until the workbench closes.
    const archive = await Effect.runPromise(
      openCsv(bench).pipe(Effect.provideService(Scope.Scope, bench.scope)),
    )
    await Effect.runPromise(archive.prepare("127.0.0.1"))
  },
}
