/** The archive as a folder of CSV files: what lies in it of days, of their failures and of runs. */
import * as fs from "node:fs"
import * as path from "node:path"
import { Effect } from "effect"
import { describe, expect, it } from "@effect/vitest"
import type { RunEnd, RunStart } from "@vodstation-etl/core/RunRecord"
import { archiveFailed } from "./archiveFailed.ts"
import {
  dayEnd,
  dayStart,
  encodingOf,
  filesOf,
  freshFolder,
  loadReading,
  messageOf,
  openFolder,
  readingOf,
  runIdOf,
  writableFolder,
} from "./CsvFolder.fixture.ts"

describe("what lies in the folder", () => {
  it.effect("of a day that was read twice", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      const first = [
        encodingOf({ categoryId: 10n, filePath: "/\u{10000}.mp4" }),
        encodingOf({ categoryId: 9n, filePath: "", status: "RUNNING", percent: 12.5, lastWorkTime: null }),
        encodingOf({ categoryId: 10n, filePath: "/\uFFFF.mp4", anomalies: ['link: "x"'], raw: '{"link":7}' }),
      ]
      const second = [first[0]!, { ...first[1]!, status: "COMPLETE" }]
      const reject = { fingerprint: "ff", reason: "no categoryId", payload: '{ "a" : 1 }' }
      yield* loadReading(archive, readingOf(first, [reject, reject]), first, [reject, reject])
      yield* loadReading(
        archive,
        readingOf(second, [reject], { readAt: dayEnd + 7_200_000 }),
        second,
        [reject],
        runIdOf(2),
      )
      expect(filesOf(folder)).toEqual({
        "archive.json":
          '{\n  "format": 1,\n  "timeZone": "Asia/Seoul",\n  "excel": false,\n  "host": "vodstation.example"\n}\n',
        "encoding/2021-09-12.csv":
          "work_date,category_id,file_path,output_type,occurrence,category_name,status,link,percent,output_total_size,last_work_time,requested_from,requested_before,missing_since,anomalies\n" +
          '2021-09-12,9,"",HD,1,drama,COMPLETE,,12.5,1000,,2021-09-11T15:00:00.000Z,2021-09-12T15:00:00.000Z,,[]\n' +
          '2021-09-12,10,/\uFFFF.mp4,HD,1,drama,COMPLETE,,100,1000,2021-09-11T15:00:01.000Z,2021-09-11T15:00:00.000Z,2021-09-12T15:00:00.000Z,2021-09-12T17:00:00.000Z,"[""link: \\""x\\""""]"\n' +
          "2021-09-12,10,/\u{10000}.mp4,HD,1,drama,COMPLETE,,100,1000,2021-09-11T15:00:01.000Z,2021-09-11T15:00:00.000Z,2021-09-12T15:00:00.000Z,,[]\n",
        "encoding_history/2021-09-12.csv":
          "work_date,category_id,file_path,output_type,occurrence,category_name,status,link,percent,output_total_size,last_work_time,requested_from,requested_before,missing_since,anomalies,raw,first_seen_at,changed_at,run_id,superseded_at,superseded_by_run\n" +
          `2021-09-12,9,"",HD,1,drama,RUNNING,,12.5,1000,,2021-09-11T15:00:00.000Z,2021-09-12T15:00:00.000Z,,[],,2021-09-12T16:00:00.000Z,2021-09-12T16:00:00.000Z,${runIdOf(1)},2021-09-12T17:00:00.000Z,${runIdOf(2)}\n`,
        "encoding_provenance/2021-09-12.csv":
          "work_date,category_id,file_path,output_type,occurrence,first_seen_at,changed_at,run_id,raw\n" +
          `2021-09-12,9,"",HD,1,2021-09-12T16:00:00.000Z,2021-09-12T17:00:00.000Z,${runIdOf(2)},\n` +
          `2021-09-12,10,/\uFFFF.mp4,HD,1,2021-09-12T16:00:00.000Z,2021-09-12T16:00:00.000Z,${runIdOf(1)},"{""link"":7}"\n` +
          `2021-09-12,10,/\u{10000}.mp4,HD,1,2021-09-12T16:00:00.000Z,2021-09-12T16:00:00.000Z,${runIdOf(1)},\n`,
        "ledger.csv":
          "work_date,state,proof,api_total,row_count,open_rows,rejected_rows,requests,pages,read_at,run_id,digest,error\n" +
          `2021-09-12,closed,single-page,3,2,0,1,1,1,2021-09-12T17:00:00.000Z,${runIdOf(2)},${readingOf(second, [reject]).digest},\n`,
        "rejected/2021-09-12.csv":
          "work_date,fingerprint,reason,payload,count,first_seen_at,run_id\n" +
          `2021-09-12,ff,no categoryId,"{ ""a"" : 1 }",1,2021-09-12T16:00:00.000Z,${runIdOf(1)}\n`,
      })
    }),
  )

  it.effect("files that a reading does not change are not even written", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      const rows = [encodingOf(), encodingOf({ filePath: "/b.mp4" })]
      yield* loadReading(archive, readingOf(rows), rows)
      const inodes = () =>
        ["encoding", "encoding_provenance"].map(
          (name) => fs.statSync(path.join(folder, name, "2021-09-12.csv")).ino,
        )
      const before = inodes()
      // By its digest; then row by row; then with one row missing, which is no matter of provenance.
      yield* loadReading(archive, readingOf(rows), rows)
      expect(inodes()).toEqual(before)
      yield* loadReading(archive, readingOf(rows, [], { digest: "another" }), rows)
      expect(inodes()).toEqual(before)
      yield* loadReading(archive, readingOf(rows.slice(1)), rows.slice(1))
      expect(inodes()[0]).not.toBe(before[0])
      expect(inodes()[1]).toBe(before[1])
    }),
  )

  it.effect(
    "the digest is no shortcut where the day holds rows that a weak reading could not call gone",
    () =>
      Effect.gen(function* () {
        const archive = yield* writableFolder(yield* freshFolder)
        const rows = [encodingOf(), encodingOf({ filePath: "/b.mp4" })]
        const fewer = rows.slice(1)
        yield* loadReading(archive, readingOf(rows), rows)
        const counts = { inserted: 0, changed: 0, unchanged: 1, missing: 0, withdrawn: 0 }
        expect(yield* loadReading(archive, readingOf(fewer, [], { strong: false }), fewer)).toMatchObject({
          counts,
        })
        expect(yield* loadReading(archive, readingOf(fewer), fewer)).toMatchObject({
          counts: { ...counts, missing: 1 },
        })
        expect(yield* loadReading(archive, readingOf(fewer), fewer)).toMatchObject({ counts })
      }),
  )

  it.effect("the digest is no shortcut for rejects, which a weak reading only adds to", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      const rows = [encodingOf()]
      const reject = { fingerprint: "ff", reason: "no categoryId", payload: "{}" }
      yield* loadReading(archive, readingOf(rows, [reject]), rows, [reject])
      yield* loadReading(archive, readingOf(rows, [], { strong: false }), rows)
      expect(Object.keys(filesOf(folder))).toContain("rejected/2021-09-12.csv")
      yield* loadReading(archive, readingOf(rows), rows)
      expect(Object.keys(filesOf(folder))).not.toContain("rejected/2021-09-12.csv")
    }),
  )

  it.effect("a file that was lost is made again, whatever the digest says", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      yield* loadReading(archive, readingOf([encodingOf()]), [encodingOf()])
      const before = filesOf(folder)
      for (const name of ["encoding", "encoding_provenance"])
        fs.rmSync(path.join(folder, name, "2021-09-12.csv"))
      yield* loadReading(archive, readingOf([encodingOf()]), [encodingOf()])
      expect(filesOf(folder)).toEqual(before)
    }),
  )

  it.effect("one file of a day that is older than the other stops the merge, and nothing is touched", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      yield* loadReading(archive, readingOf([encodingOf()]), [encodingOf()])
      const file = path.join(folder, "encoding_provenance", "2021-09-12.csv")
      fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("/a.mp4", "/z.mp4"))
      const before = filesOf(folder)
      const rows = [encodingOf({ status: "FAILURE" })]
      expect(yield* messageOf(loadReading(archive, readingOf(rows), rows))).toBe(
        `FileDamaged ${folder}: encoding/2021-09-12.csv and encoding_provenance/2021-09-12.csv do not hold the same keys: one of them was edited or is older than the other. Restore all files of that day from a backup; without one, move them out of the archive, and the day is loaded as a new one.`,
      )
      expect(filesOf(folder)).toEqual(before)
    }),
  )
})

describe("the ledger", () => {
  it.effect("keeps of a failure only the error, and forgets it with the next reading", () =>
    Effect.gen(function* () {
      const archive = yield* writableFolder(yield* freshFolder)
      yield* archive.recordFailure("2021-09-12", { runId: runIdOf(1) }, "first")
      yield* archive.recordFailure("2021-09-12", { runId: runIdOf(2) }, "second")
      const nothing = {
        ...{ proof: null, apiTotal: null, rowCount: null, openRows: null, rejectedRows: null },
        ...{ requests: null, pages: null, readAt: null, digest: null },
      }
      expect(yield* archive.ledger()).toEqual([
        { workDate: "2021-09-12", state: "failed", runId: runIdOf(2), error: "second", ...nothing },
      ])
      yield* loadReading(archive, readingOf([encodingOf()]), [encodingOf()], [], runIdOf(3))
      const [loaded] = yield* archive.ledger()
      expect(loaded).toMatchObject({ state: "closed", runId: runIdOf(3), error: null, rowCount: 1 })
      yield* archive.recordFailure("2021-09-12", { runId: runIdOf(4) }, "third")
      expect(yield* archive.ledger()).toEqual([{ ...loaded, error: "third" }])
    }),
  )

  it.effect("leaves an empty day open until the archive holds rows", () =>
    Effect.gen(function* () {
      const archive = yield* writableFolder(yield* freshFolder)
      const empty = (workDate: string) => loadReading(archive, readingOf([], [], { workDate }), [])
      expect(yield* empty("2021-09-10")).toMatchObject({ state: "open" })
      expect(yield* empty("2021-09-11")).toMatchObject({ state: "open" })
      yield* loadReading(archive, readingOf([encodingOf()]), [encodingOf()])
      expect(yield* empty("2021-09-11")).toMatchObject({ state: "closed" })
    }),
  )
})

describe("runs", () => {
  const start = (run: number): RunStart => ({
    ...{ runId: runIdOf(run), command: "nightly", startedAt: dayStart + run, version: "0.1.0" },
    options: { "page-size": 1_000, refresh: true, since: "-7d" },
  })
  const end: RunEnd = {
    ...{ finishedAt: dayEnd, outcome: "incomplete", requests: 5, retries: 1 },
    days: { planned: 3, skipped: 1, closed: 1, open: 0, failed: 1 },
    rows: { read: 9, inserted: 1, changed: 2, unchanged: 6, missing: 0, withdrawn: 0, rejected: 0 },
  }

  it.effect("are told newest first, also those that never ended, and after a line was torn", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const log = path.join(folder, "runs.ndjson")
      yield* Effect.scoped(
        Effect.gen(function* () {
          const archive = yield* writableFolder(folder)
          yield* archive.startRun(start(1))
          yield* archive.finishRun(runIdOf(1), end)
          yield* archive.startRun(start(2))
        }),
      )
      const first = { ...start(1), end }
      const second = { ...start(2), end: null }
      fs.appendFileSync(log, '{"event":"end","runId":"00000000-00')
      const reader = yield* openFolder(folder, { access: "read" })
      expect(yield* reader.runs(10)).toEqual([second, first])
      const archive = yield* writableFolder(folder)
      yield* archive.startRun(start(3))
      expect(yield* archive.runs(10)).toEqual([{ ...start(3), end: null }, second, first])
      expect(yield* archive.runs(1)).toEqual([{ ...start(3), end: null }])
    }),
  )

  it("of a file that this user has no right to, it is told what is needed", () => {
    const cause = Object.assign(new Error("EACCES: permission denied, open 'runs.ndjson'"), {
      code: "EACCES",
    })
    expect(archiveFailed("/archive", "recording the run", cause).message).toContain(
      "permission denied, open 'runs.ndjson', which this user needs the right to. ",
    )
  })

  it.effect.runIf(process.platform === "linux")("a full disk is told with its folder", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      fs.symlinkSync("/dev/full", path.join(folder, "runs.ndjson"))
      expect(yield* messageOf(archive.startRun(start(1)))).toBe(
        `ArchiveFailed ${folder}: recording the run failed: the disk is full: free some space. What was loaded before is safe; run the same command again to go on.`,
      )
      fs.rmSync(path.join(folder, "runs.ndjson"))
      yield* archive.startRun(start(1))
    }),
  )
})
