/**
 * The runs of an archive, in `runs.ndjson`: one line when a run starts and one when it ends, only ever appended. It is a
 * diary that nothing is decided by, so a line that cannot be read, such as the last one after a loss of power, is passed over.
 */
import * as fs from "node:fs/promises"
import type { RunEnd, RunRecord, RunStart } from "@vodstation-etl/core/RunRecord"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { errorCode } from "../errorCode.ts"

const Line = Schema.fromJsonString(
  Schema.Union([
    Schema.Struct({
      event: Schema.Literal("start"),
      run: Schema.Struct({
        runId: Schema.String,
        command: Schema.Literals(["backfill", "nightly", "audit", "demo"]),
        startedAt: Schema.Finite,
        options: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])),
        version: Schema.String,
      }),
    }),
    Schema.Struct({
      event: Schema.Literal("end"),
      runId: Schema.String,
      end: Schema.Struct({
        finishedAt: Schema.Finite,
        outcome: Schema.Literals(["complete", "incomplete", "failed", "interrupted"]),
        days: Schema.Struct({
          planned: Schema.Int,
          skipped: Schema.Int,
          closed: Schema.Int,
          open: Schema.Int,
          failed: Schema.Int,
        }),
        rows: Schema.Struct({
          read: Schema.Int,
          inserted: Schema.Int,
          changed: Schema.Int,
          unchanged: Schema.Int,
          missing: Schema.Int,
          withdrawn: Schema.Int,
          rejected: Schema.Int,
        }),
        requests: Schema.Int,
        retries: Schema.Int,
      }),
    }),
  ]),
)
type Line = typeof Line.Type

const readLine = Schema.decodeUnknownOption(Line)

const append = async (folder: ArchiveFolder, line: Line): Promise<void> => {
  const handle = await fs.open(folder.runs, "a")
  try {
    await handle.appendFile(`${JSON.stringify(line)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export const appendRunStart = (folder: ArchiveFolder, run: RunStart): Promise<void> =>
  append(folder, { event: "start", run })

export const appendRunEnd = (folder: ArchiveFolder, runId: string, end: RunEnd): Promise<void> =>
  append(folder, { event: "end", runId, end })

/** The latest runs, newest first. */
export const readRuns = async (folder: ArchiveFolder, limit: number): Promise<ReadonlyArray<RunRecord>> => {
  const runs = new Map<string, RunRecord>()
  for (const text of (await readText(folder)).split("\n")) {
    const line = Option.getOrUndefined(readLine(text))
    if (line?.event === "start") runs.set(line.run.runId, { ...line.run, end: null })
    else if (line !== undefined) {
      const run = runs.get(line.runId)
      if (run !== undefined) runs.set(line.runId, { ...run, end: line.end })
    }
  }
  return [...runs.values()].toReversed().slice(0, limit)
}

/** Cuts off a last line that was never finished, so that the next one does not become part of it. */
export const repairRunLog = async (folder: ArchiveFolder): Promise<void> => {
  const bytes = Buffer.from(await readBytes(folder))
  const end = bytes.lastIndexOf("\n") + 1
  if (end < bytes.length) await fs.truncate(folder.runs, end)
}

const readText = async (folder: ArchiveFolder): Promise<string> => (await readBytes(folder)).toString("utf8")

const readBytes = async (folder: ArchiveFolder): Promise<Buffer> => {
  try {
    return await fs.readFile(folder.runs)
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return Buffer.alloc(0)
    throw cause
  }
}
