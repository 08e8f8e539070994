/** `check` on both archives: whole after everything that loading does, and off after what only a hand can do. */
import * as fs from "node:fs"
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { bothArchives, type FreshArchive, loadDay, rejectsOf, rowsOf } from "./BothArchives.fixture.ts"
import { checkArchive, checkDay } from "./checkArchive.ts"
import { archiveFolder } from "./csv/ArchiveFolder.ts"
import { dayEnd, runIdOf } from "./csv/CsvFolder.fixture.ts"
import { fillExample } from "./ExampleArchive.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const workDate = "2021-09-12"
const readAt = dayEnd + 3_600_000

/** At the first look: nobody is loading anything here. */
const rulesOf = Effect.fnUntraced(function* (archive: FreshArchive["archive"]) {
  const days = yield* Effect.forEach(yield* archive.heldDates, (workDate) => checkDay(archive, workDate))
  return days.flatMap(({ findings }) => findings.map(({ day, rule }) => `${day} ${rule}`))
})

layer(TestPostgres.layer, { excludeTestServices: true })("check of an archive", (it) => {
  for (const [which, fresh] of bothArchives) {
    it.effect(`${which} finds nothing in one that does not exist yet`, () =>
      Effect.gen(function* () {
        const { archive } = yield* fresh
        expect(yield* checkArchive(archive)).toEqual({ ledger: [], days: [] })
      }),
    )

    it.effect(`${which} finds nothing where only readings were merged, and counts what is there`, () =>
      Effect.gen(function* () {
        const { archive, again } = yield* fresh
        yield* archive.prepare("vodstation.example")
        yield* fillExample(archive)
        for (const one of [archive, yield* again]) {
          const { days } = yield* checkArchive(one)
          expect(days).toEqual([
            { counts: { present: 3, missing: 1, past: 2, rejected: 1 }, findings: [], found: 0 },
            { counts: { present: 1, missing: 0, past: 0, rejected: 0 }, findings: [], found: 0 },
            { counts: { present: 0, missing: 0, past: 0, rejected: 0 }, findings: [], found: 0 },
          ])
        }
      }),
    )

    it.effect(`${which} sees a day larger than what is looked at at once, twins and history among it`, () =>
      Effect.gen(function* () {
        const { archive } = yield* fresh
        yield* archive.prepare("vodstation.example")
        const rows = rowsOf(2_500)
        const before = rows.map((row) => ({ ...row, status: "RUNNING" }))
        const withdrawn = rowsOf(1, { filePath: "/zzz.mp4", status: "RUNNING" })
        yield* loadDay(archive, { rows: [...before, ...before.slice(0, 9), ...withdrawn], readAt })
        yield* loadDay(archive, { rows: [...rows, ...rows.slice(0, 9)], readAt: readAt + 1000 })
        const { days } = yield* checkArchive(archive)
        expect(days).toEqual([
          { counts: { present: 2_509, missing: 0, past: 2_510, rejected: 0 }, findings: [], found: 0 },
        ])
      }),
    )

    it.effect(`${which} is not fooled by a day that is loaded while it is looked at`, () =>
      Effect.gen(function* () {
        const { archive } = yield* fresh
        yield* archive.prepare("vodstation.example")
        yield* loadDay(archive, { rows: rowsOf(3), readAt })
        let looked = 0
        const { days } = yield* checkArchive({
          ...archive,
          // After the ledger was read, and before its rows are.
          lookAtDay: (workDate, see) =>
            Effect.andThen(
              looked++ > 0
                ? Effect.void
                : Effect.orDie(loadDay(archive, { rows: rowsOf(4), readAt: readAt + 1000 })),
              archive.lookAtDay(workDate, see),
            ),
        })
        expect(days).toMatchObject([{ counts: { present: 4 }, findings: [] }])
        expect(looked).toBe(2)
      }),
    )

    it.effect(`${which} finds a row that was deleted, and one that was changed`, () =>
      Effect.gen(function* () {
        const { archive, deleteByHand, changeByHand } = yield* fresh
        yield* archive.prepare("vodstation.example")
        yield* loadDay(archive, { rows: rowsOf(3), rejects: rejectsOf(1), readAt })
        yield* changeByHand(workDate, "https://x/1", "https://x/elsewhere")
        expect(yield* rulesOf(archive)).toEqual(["2021-09-12 contents"])
        yield* changeByHand(workDate, "https://x/elsewhere", "https://x/1")
        expect(yield* rulesOf(archive)).toEqual([])
        yield* deleteByHand(workDate, "/002.mp4")
        expect(yield* rulesOf(archive)).toEqual(["2021-09-12 rowCount"])
        // As the report says: to read it again puts it right.
        yield* loadDay(
          archive,
          { rows: rowsOf(3), rejects: rejectsOf(1), readAt: readAt + 1000, runId: runIdOf(2) },
          { compare: "always" },
        )
        expect(yield* rulesOf(archive)).toEqual([])
      }),
    )
  }

  it.effect("in Postgres finds what was done to history, ledger and rejects", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { archive, place } = yield* bothArchives[0][1]
      yield* archive.prepare("vodstation.example")
      yield* fillExample(archive)
      const edits: ReadonlyArray<[string, ReadonlyArray<string>]> = [
        [
          "UPDATE encoding_history SET superseded_at = superseded_at + interval '1 ms'",
          ["times", "unrecorded", "overlap"],
        ],
        ["DELETE FROM encoding_history", ["unrecorded"]],
        [
          "UPDATE encoding SET changed_at = changed_at + interval '1 min' WHERE status = 'FAILURE'",
          ["unrecorded"],
        ],
        ["DELETE FROM extraction_day WHERE work_date = '2021-09-12'", ["unaccounted"]],
        ["DELETE FROM rejected_record", ["rejectedRows"]],
        ["UPDATE rejected_record SET work_date = '2021-01-01'", ["rejectedRows", "unaccounted"]],
        ["UPDATE encoding_history SET work_date = '2021-01-01'", ["unrecorded", "unaccounted"]],
        [
          "UPDATE encoding SET work_date = '2021-01-01' WHERE work_date = '2021-09-13'",
          ["rowCount", "openRows", "unaccounted"],
        ],
        ["UPDATE encoding SET percent = 101 WHERE percent = 99", ["range", "contents"]],
      ]
      for (const [edit, rules] of edits) {
        // What one session does and takes back, nobody else sees: so it is done, looked at, and undone by hand.
        const tables = ["encoding", "encoding_history", "extraction_day", "rejected_record"]
        for (const table of tables)
          yield* query(`CREATE TABLE ${place}.kept_${table} AS TABLE ${place}.${table}`)
        yield* query(edit.replace(/(UPDATE|FROM) /, `$1 ${place}.`))
        const found = (yield* rulesOf(archive)).map((rule) => rule.slice(11))
        expect([edit, [...new Set(found)].toSorted()]).toEqual([edit, rules.toSorted()])
        for (const table of tables) {
          yield* query(`TRUNCATE ${place}.${table}`)
          yield* query(`INSERT INTO ${place}.${table} TABLE ${place}.kept_${table}`)
          yield* query(`DROP TABLE ${place}.kept_${table}`)
        }
      }
      expect(yield* rulesOf(archive)).toEqual([])
    }),
  )

  it.effect("of CSV files finds those that are damaged, missing, too many or older than the others", () =>
    Effect.gen(function* () {
      const { archive, place } = yield* bothArchives[1][1]
      yield* archive.prepare("vodstation.example")
      yield* fillExample(archive)
      const { dayFile, pending } = archiveFolder(place)
      const edits: ReadonlyArray<
        [Parameters<typeof dayFile>[0], (text: string) => string | undefined, string]
      > = [
        ["encoding", (text) => text.slice(0, -40), "2021-09-12 unreadable"],
        ["encoding", (text) => text.replace("work_date", "day"), "2021-09-12 unreadable"],
        ["encoding", () => undefined, "2021-09-12 unreadable"],
        ["encoding_provenance", () => undefined, "2021-09-12 unreadable"],
        ["encoding_provenance", (text) => text.replace(/.*episode 3.*\n/, ""), "2021-09-12 unreadable"],
        ["encoding_history", (text) => text.replace(/.*episode 2.*\n/, ""), "2021-09-12 unrecorded"],
        ["encoding_history", () => undefined, "2021-09-12 unrecorded"],
        ["rejected", () => undefined, "2021-09-12 rejectedRows"],
      ]
      for (const [file, edit, finding] of edits) {
        const path = dayFile(file, workDate)
        const text = fs.readFileSync(path, "utf8")
        const edited = edit(text)
        expect(edited).not.toBe(text)
        if (edited === undefined) fs.rmSync(path)
        else fs.writeFileSync(path, edited)
        expect([file, yield* rulesOf(archive)]).toEqual([file, [finding]])
        fs.writeFileSync(path, text)
      }
      fs.copyFileSync(dayFile("rejected", workDate), dayFile("rejected", "2021-09-20"))
      // Its rows say of which day they are.
      expect(yield* rulesOf(archive)).toEqual(["2021-09-20 unreadable"])
      const ofAnother = fs.readFileSync(dayFile("rejected", workDate), "utf8")
      fs.writeFileSync(dayFile("rejected", "2021-09-20"), ofAnother.replaceAll(workDate, "2021-09-20"))
      expect(yield* rulesOf(archive)).toEqual(["2021-09-20 unaccounted"])
      fs.rmSync(dayFile("rejected", "2021-09-20"))
      // What was staged and not committed is nothing.
      fs.mkdirSync(`${pending}/2021-09-19`, { recursive: true })
      fs.writeFileSync(`${pending}/2021-09-19/manifest.json.draft`, "{")
      expect(yield* rulesOf(archive)).toEqual([])
    }),
  )
})
