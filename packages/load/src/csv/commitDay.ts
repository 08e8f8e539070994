/**
 * The commit of a day. A day is several files, and no file system renames several files at once: so they are written and
 * synced in the staging folder, then a manifest of them is renamed into place, and from that moment on the day counts as
 * loaded: whoever opens the archive next puts into place what a killed program left there.
 *
 * Every step is named and run one after the other, so that a test can stop, or kill, between any two of them.
 */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Context from "effect/Context"
import * as Schema from "effect/Schema"
import { dayFiles } from "./ArchiveFolder.ts"
import type { ArchiveFolder, DayFile } from "./ArchiveFolder.ts"
import { errorCode } from "../errorCode.ts"
import { syncFolder } from "./syncFolder.ts"
import { writeSynced } from "./writeSynced.ts"

/** What a day's commit does to its files; the ledger is always put. A file in neither list stays as it is. */
export interface DayChange {
  readonly workDate: string
  readonly put: ReadonlyArray<DayFile>
  readonly remove: ReadonlyArray<DayFile>
}

export interface CommitStep {
  readonly name: string
  readonly run: () => Promise<void>
}

/** Called with the name of every step before it runs: for tests. What it throws stops the commit there. */
export const BeforeCommitStep = Context.Reference<(step: string) => void>(
  "@vodstation-etl/load/csv/BeforeCommitStep",
  { defaultValue: () => () => undefined },
)

const Manifest = Schema.fromJsonString(
  Schema.Struct({
    workDate: Schema.String,
    put: Schema.Array(Schema.Literals(dayFiles)),
    remove: Schema.Array(Schema.Literals(dayFiles)),
  }),
)

const manifestFile = (folder: ArchiveFolder, workDate: string): string =>
  path.join(folder.pendingDay(workDate), "manifest.json")

/** What a staged day will do once it is put into place; undefined if it was not committed. */
export const readManifest = async (
  folder: ArchiveFolder,
  workDate: string,
): Promise<DayChange | undefined> => {
  try {
    return Schema.decodeSync(Manifest)(await fs.readFile(manifestFile(folder, workDate), "utf8"))
  } catch (cause) {
    if (errorCode(cause) === "ENOENT" || errorCode(cause) === "ENOTDIR") return undefined
    throw cause
  }
}

/** The steps up to and with the one that commits. The files of `change.put` lie in the staging folder, synced. */
export const commitSteps = (
  folder: ArchiveFolder,
  change: DayChange,
  ledger: string,
): ReadonlyArray<CommitStep> => {
  const { workDate } = change
  const manifest = manifestFile(folder, workDate)
  const draft = `${manifest}.draft`
  return [
    {
      name: "write the ledger",
      run: () => writeSynced(folder.pendingFile("ledger", workDate), ledger),
    },
    {
      name: "write the manifest",
      run: () => writeSynced(draft, Schema.encodeSync(Manifest)(change)),
    },
    { name: "sync the staging folder", run: () => syncFolder(folder.pendingDay(workDate)) },
    { name: "sync the folder of staging folders", run: () => syncFolder(folder.pending) },
    { name: "commit", run: () => fs.rename(draft, manifest) },
  ]
}

/** The steps after the commit. Run again from the start, they do what is left. */
export const placeSteps = (folder: ArchiveFolder, change: DayChange): ReadonlyArray<CommitStep> => {
  const { workDate, put, remove } = change
  return [
    { name: "sync the commit", run: () => syncFolder(folder.pendingDay(workDate)) },
    ...put.map((file) => ({
      name: `put ${file}`,
      run: () => renameIfThere(folder.pendingFile(file, workDate), folder.dayFile(file, workDate)),
    })),
    ...remove.map((file) => ({
      name: `remove ${file}`,
      run: () => fs.rm(folder.dayFile(file, workDate), { force: true }),
    })),
    {
      name: "put the ledger",
      run: () => renameIfThere(folder.pendingFile("ledger", workDate), folder.ledger),
    },
    ...[...put, ...remove].map((file) => ({
      name: `sync the folder ${file}`,
      run: () => syncFolder(folder.dayFolder(file)),
    })),
    { name: "sync the archive's folder", run: () => syncFolder(folder.root) },
    {
      name: "remove the staging folder",
      run: () => fs.rm(folder.pendingDay(workDate), { recursive: true, force: true }),
    },
  ]
}

export const runSteps = async (
  steps: ReadonlyArray<CommitStep>,
  before: (step: string) => void,
): Promise<void> => {
  for (const step of steps) {
    before(step.name)
    await step.run()
  }
}

/** A file that is no longer there was put into place by whoever began. */
const renameIfThere = async (from: string, to: string): Promise<void> => {
  try {
    await fs.rename(from, to)
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw cause
  }
}
