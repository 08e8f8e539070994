/** What strong and weak readings may do to an archive, whichever it is, and what becomes of a day that has shrunk. */
import { expect, layer } from "@effect/vitest"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { Effect } from "effect"
import { bothArchives, loadDay, rejectsOf, rowsOf } from "./BothArchives.fixture.ts"
import { dayEnd, encodingOf, runIdOf } from "./csv/CsvFolder.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const [first, second, third] = [runIdOf(1), runIdOf(2), runIdOf(3)]
const workDate = "2021-09-12"
const range = { from: workDate, before: "2021-09-13" }
const host = "vodstation.example"
const readAt = dayEnd + 3_600_000

layer(TestPostgres.layer, { excludeTestServices: true })("an archive", (it) => {
  for (const [which, fresh] of bothArchives) {
    it.effect(`${which} marks nothing of a day that has shrunk, until a later run reads the same`, () =>
      Effect.gen(function* () {
        const { archive, rows } = yield* fresh
        yield* archive.prepare(host)
        const [all, few] = [rowsOf(100), rowsOf(80)]
        yield* loadDay(archive, { rows: all, rejects: rejectsOf(1) })
        const before = yield* rows(workDate)
        const shrunk = { stored: 100, gone: 20, unreadable: 0 }
        const unmarked = { state: "open", shrunk, counts: { inserted: 0, missing: 0, unchanged: 80 } }
        const expectSuspicion = Effect.fnUntraced(function* (runId: string) {
          expect(yield* rows(workDate)).toEqual(before)
          // The reject stays as well: this reading is no proof that it has gone.
          expect(yield* archive.rowCounts(range)).toMatchObject([{ present: 100, missing: 0, rejected: 1 }])
          expect(yield* archive.ledger(range)).toMatchObject([
            { state: "open", proof: "single-page", apiTotal: 80, rowCount: 80, rejectedRows: 0, runId },
          ])
          expect((yield* archive.ledger(range))[0]!.error).toMatch(
            /^DayShrunk: 20 of 100 rows of this day are gone/,
          )
        })
        expect(yield* loadDay(archive, { rows: few, runId: second })).toMatchObject(unmarked)
        yield* expectSuspicion(second)
        // The same run again proves no more.
        expect(yield* loadDay(archive, { rows: few, runId: second })).toMatchObject(unmarked)
        yield* expectSuspicion(second)
        // Nor does another run that reads something else, here one row in another state.
        const other = [...few.slice(1), { ...few[0]!, requestedBefore: dayEnd - 1 }]
        expect(yield* loadDay(archive, { rows: other, runId: third })).toMatchObject(unmarked)

        const agreed = yield* loadDay(archive, { rows: other, runId: runIdOf(4), readAt: readAt + 1 })
        expect(agreed).toMatchObject({ state: "closed", shrunk: null, counts: { missing: 20 } })
        expect(yield* archive.rowCounts(range)).toMatchObject([{ present: 80, missing: 20, rejected: 0 }])
        expect(yield* archive.ledger(range)).toMatchObject([{ state: "closed", error: null }])
        // What is marked is no longer stored as far as shrinking goes.
        const fewer = { rows: other.slice(10), readAt: readAt + 2 }
        expect(yield* loadDay(archive, fewer)).toMatchObject({ shrunk: { stored: 80, gone: 10 } })
      }),
    )

    it.effect(`${which} believes a day of which nothing is left only a later run`, () =>
      Effect.gen(function* () {
        const { archive, rows } = yield* fresh
        yield* archive.prepare(host)
        yield* loadDay(archive, { rows: [...rowsOf(2), encodingOf({ status: "WAITING", filePath: "" })] })
        const before = yield* rows(workDate)
        const empty = { rows: [], readAt: readAt + 1 }
        expect(yield* loadDay(archive, { ...empty, runId: second })).toMatchObject({
          state: "open",
          shrunk: { stored: 3, gone: 3, unreadable: 0 },
          counts: { missing: 0, withdrawn: 0 },
        })
        expect(yield* rows(workDate)).toEqual(before)
        expect(yield* loadDay(archive, { ...empty, runId: third })).toMatchObject({
          state: "closed",
          shrunk: null,
          counts: { missing: 2, withdrawn: 1 },
        })
        // Nothing has gone since, and the archive holds rows still: an empty day may close.
        expect(yield* loadDay(archive, { ...empty, runId: second })).toMatchObject({
          state: "closed",
          shrunk: null,
        })
      }),
    )

    it.effect(`${which} forgets the suspicion with a reading that shows the rows again`, () =>
      Effect.gen(function* () {
        const { archive, rows } = yield* fresh
        yield* archive.prepare(host)
        const all = rowsOf(30)
        yield* loadDay(archive, { rows: all })
        const before = yield* rows(workDate)
        yield* loadDay(archive, { rows: all.slice(15), runId: second })
        expect(yield* loadDay(archive, { rows: all, runId: third })).toMatchObject({
          state: "closed",
          shrunk: null,
          counts: { unchanged: 30 },
        })
        expect(yield* archive.ledger(range)).toMatchObject([{ state: "closed", error: null, rowCount: 30 }])
        expect(yield* rows(workDate)).toEqual(before)
        expect(yield* loadDay(archive, { rows: all.slice(15), runId: first })).toMatchObject({
          shrunk: { gone: 15 },
        })
      }),
    )

    it.effect(`${which} calls no row gone that may have come as one that cannot be read`, () =>
      Effect.gen(function* () {
        const { archive } = yield* fresh
        yield* archive.prepare(host)
        yield* loadDay(archive, { rows: rowsOf(5) })
        for (const run of [2, 3, 4]) {
          const unreadable = { rows: [], rejects: rejectsOf(5), runId: runIdOf(run) }
          expect(yield* loadDay(archive, unreadable)).toMatchObject({
            state: "open",
            shrunk: { stored: 5, gone: 5, unreadable: 5 },
          })
        }
        // What came is kept all the same, and told apart from rows that have merely gone.
        expect(yield* archive.rowCounts(range)).toEqual([{ workDate, present: 5, missing: 0, rejected: 5 }])
        expect((yield* archive.ledger(range))[0]!.error).toContain(
          "5 of 5 rows of this day are gone, while 5 came that cannot be read",
        )
        expect(yield* loadDay(archive, { rows: rowsOf(5), runId: first })).toMatchObject({ state: "closed" })
        expect(yield* archive.rowCounts(range)).toMatchObject([{ present: 5, missing: 0, rejected: 0 }])
      }),
    )

    for (const proof of ["count", "pigeonhole"] as const) {
      it.effect(`${which} lets a weak reading (${proof}) only insert and update, and never close`, () =>
        Effect.gen(function* () {
          const { archive, rows } = yield* fresh
          yield* archive.prepare(host)
          const [a, b, c] = rowsOf(3) as [Encoding, Encoding, Encoding]
          const waiting = { ...b, status: "WAITING" }
          yield* loadDay(archive, { rows: [a, waiting], rejects: rejectsOf(1) })
          const changed = { ...a, percent: 50 }
          const weak = { strong: false, proof, runId: second }
          const [, reject] = rejectsOf(2)
          expect(yield* loadDay(archive, { ...weak, rows: [changed, c], rejects: [reject!] })).toEqual({
            _tag: "Merged",
            state: "open",
            shrunk: null,
            counts: { inserted: 1, changed: 1, unchanged: 0, missing: 0, withdrawn: 0 },
          })
          expect(yield* rows(workDate)).toMatchObject([changed, waiting, c])
          expect(yield* archive.rowCounts(range)).toEqual([{ workDate, present: 3, missing: 0, rejected: 2 }])
          // Not even one that shows nothing at all, or nothing but what the archive holds.
          expect(yield* loadDay(archive, { ...weak, rows: [] })).toMatchObject({
            state: "open",
            shrunk: null,
          })
          expect(yield* loadDay(archive, { ...weak, rows: [changed, c] })).toMatchObject({ state: "open" })
          expect(yield* archive.rowCounts(range)).toEqual([{ workDate, present: 3, missing: 0, rejected: 2 }])
          expect(yield* loadDay(archive, { rows: [changed, c] })).toMatchObject({
            state: "closed",
            counts: { withdrawn: 1, unchanged: 2 },
          })
          expect(yield* archive.rowCounts(range)).toMatchObject([{ present: 2, rejected: 0 }])
        }),
      )
    }
  }
})
