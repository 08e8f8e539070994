/** What the reader needs of an archive, whichever it is. */
import { expect, layer } from "@effect/vitest"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { reasonToRead } from "@vodstation-etl/core/Plan"
import { Effect } from "effect"
import { bothArchives, loadDay, rejectsOf, rowsOf } from "./BothArchives.fixture.ts"
import { dayEnd, runIdOf } from "./csv/CsvFolder.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const [first, second, third] = [runIdOf(1), runIdOf(2), runIdOf(3)]
const workDate = "2021-09-12"
const range = { from: workDate, before: "2021-09-13" }
const host = "vodstation.example"
const readAt = dayEnd + 3_600_000

layer(TestPostgres.layer, { excludeTestServices: true })("an archive", (it) => {
  for (const [which, fresh] of bothArchives) {
    it.effect(`${which} keeps what was found out about the API`, () =>
      Effect.gen(function* () {
        const { archive, again } = yield* fresh
        expect(yield* archive.facts).toEqual({})
        yield* archive.prepare(host)
        expect(yield* archive.facts).toEqual({})
        yield* archive.keepFacts({ page_size: "500", past_the_end: "empty", apiology: '"=1\n' })
        yield* archive.keepFacts({ past_the_end: null, page_size: "1000", never_known: null })
        yield* archive.keepFacts({})
        expect(yield* archive.facts).toEqual({ page_size: "1000", apiology: '"=1\n' })
        // To prepare it again leaves them; another program sees them, and no setting among them.
        yield* archive.prepare(host)
        expect(yield* (yield* again).facts).toEqual({ page_size: "1000", apiology: '"=1\n' })
      }),
    )

    it.effect(`${which} that is open for reading shows what is committed meanwhile`, () =>
      Effect.gen(function* () {
        const { archive, again } = yield* fresh
        yield* archive.prepare(host)
        const reader = yield* again
        const days = Effect.map(reader.ledger(), (ledger) =>
          ledger.map(({ workDate, error }) => [workDate, error]),
        )
        for (const error of ["one", "two"]) {
          yield* archive.recordFailure(workDate, { runId: first }, error)
          expect(yield* days).toEqual([[workDate, error]])
          expect(yield* days).toEqual([[workDate, error]])
        }
      }),
    )

    it.effect(`${which} counts what it could not understand by reason, with the days`, () =>
      Effect.gen(function* () {
        const { archive, again } = yield* fresh
        yield* archive.prepare(host)
        const [one, two, three, four] = rowsOf(4) as [Encoding, Encoding, Encoding, Encoding]
        const size = "outputTotalSize: not a whole number"
        // What would mislead whoever searches the bytes of a file for it.
        const tricky = { filePath: '/a",""[""x""]""\n.mp4', categoryName: ',"[""', link: '["link: x"]' }
        const quoted = 'link: "neither", "[""\n나'
        yield* loadDay(archive, {
          workDate: "2021-09-10",
          rows: [{ ...one, ...tricky, anomalies: [size, quoted] }, two, { ...three, anomalies: [size] }],
          rejects: rejectsOf(3),
        })
        yield* loadDay(archive, {
          workDate: "2021-09-12",
          rows: [
            { ...four, ...tricky },
            { ...two, anomalies: [size] },
          ],
          rejects: [...rejectsOf(1), { fingerprint: "f".repeat(64), reason: "not an object", payload: "7" }],
        })
        yield* loadDay(archive, { workDate: "2021-09-13", rows: [one] })
        const seen = yield* again
        const [from, to] = [{ firstDay: "2021-09-10" }, { lastDay: "2021-09-12" }]
        const both = { rows: 3, days: 2, ...from, ...to }
        expect(yield* seen.rejectReasons).toEqual([
          { reason: "no categoryId", ...both, rows: 4 },
          { reason: "not an object", rows: 1, days: 1, firstDay: "2021-09-12", ...to },
        ])
        expect(yield* seen.anomalies("2021-09-10")).toEqual([
          { reason: size, ...both },
          { reason: quoted, rows: 1, days: 1, ...from, lastDay: "2021-09-10" },
        ])
        expect(yield* seen.anomalies("2021-09-11")).toEqual([
          { reason: size, rows: 1, days: 1, firstDay: "2021-09-12", ...to },
        ])
        expect(yield* seen.anomalies("2021-09-13")).toEqual([])
        const sizes = yield* seen.sizes
        expect(sizes.map(({ bytes }) => bytes)).toEqual(
          sizes.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
        )
        expect(sizes.map(({ part }) => part)).toEqual(expect.arrayContaining(["encoding", "other"]))
        expect(sizes.every(({ bytes }) => bytes > 0)).toBe(true)
      }),
    )

    it.effect(`${which} that does not exist yet holds nothing`, () =>
      Effect.gen(function* () {
        const { archive } = yield* fresh
        expect(yield* archive.openEncodings({ before: "2999-01-01", limit: 9 })).toEqual([])
        expect(yield* archive.rowCounts({ from: "1970-01-01", before: "2999-01-01" })).toEqual([])
        expect(yield* archive.rejectReasons).toEqual([])
        expect(yield* archive.anomalies("1970-01-01")).toEqual([])
        expect(yield* archive.sizes).toEqual([])
      }),
    )

    it.effect(`${which} reopens closed days, and no others; they close again when they are read`, () =>
      Effect.gen(function* () {
        const { archive, again } = yield* fresh
        yield* archive.prepare(host)
        const days = ["2021-09-10", "2021-09-11", "2021-09-12", "2021-09-14"]
        for (const workDate of days) {
          yield* loadDay(archive, { workDate, rows: rowsOf(1), settled: workDate !== "2021-09-11" })
        }
        yield* archive.recordFailure("2021-09-13", { runId: first }, "refused")
        const before = yield* archive.ledger()
        const states = before.map(({ state }) => state)
        expect(states).toEqual(["closed", "open", "closed", "failed", "closed"])
        yield* archive.reopen(["2021-09-14", "2021-09-13", "2021-09-12", "2021-09-11", "2021-08-01"])
        const reopened = before.map((day, at) => (at === 2 || at === 4 ? { ...day, state: "open" } : day))
        expect(yield* archive.ledger()).toEqual(reopened)
        expect(yield* (yield* again).ledger()).toEqual(reopened)
        yield* archive.reopen([])
        expect(yield* archive.ledger()).toEqual(reopened)
        yield* loadDay(archive, { workDate, rows: rowsOf(1), runId: second })
        expect(yield* archive.ledger(range)).toMatchObject([{ state: "closed", runId: second }])
      }),
    )

    it.effect(`${which} names what is stuck: oldest day first, then by key`, () =>
      Effect.gen(function* () {
        const { archive, again } = yield* fresh
        yield* archive.prepare(host)
        const [a, b, c] = rowsOf(3) as [Encoding, Encoding, Encoding]
        const waiting = { ...b, status: "WAITING", anomalies: ["link: 7"], raw: '{"link":7}' }
        const unknown = { ...a, categoryId: 2n, status: "PAUSED" }
        const nameless = { ...c, status: null }
        const load = (workDate: string, rows: ReadonlyArray<Encoding>) => loadDay(archive, { workDate, rows })
        yield* load("2021-09-11", [unknown, waiting, a, waiting])
        yield* load("2021-09-10", [nameless, a])
        yield* load("2021-09-12", [waiting])
        yield* load("2021-09-09", [a])
        yield* loadDay(archive, {
          workDate: "2021-09-11",
          rows: [unknown, waiting, waiting],
          readAt: readAt + 1,
        })
        expect(yield* archive.rowCounts({ from: "2021-09-11", before: "2021-09-12" })).toMatchObject([
          { missing: 1 },
        ])
        const stored = { missingSince: null, firstSeenAt: readAt, changedAt: readAt, runId: first }
        const stuck = [
          { ...nameless, ...stored, workDate: "2021-09-10", occurrence: 1 },
          { ...waiting, ...stored, workDate: "2021-09-11", occurrence: 1 },
          { ...waiting, ...stored, workDate: "2021-09-11", occurrence: 2 },
          { ...unknown, ...stored, workDate: "2021-09-11", occurrence: 1 },
        ]
        for (const limit of [1, 2, 3, 4, 9]) {
          expect(yield* archive.openEncodings({ before: "2021-09-12", limit })).toEqual(stuck.slice(0, limit))
        }
        expect(yield* (yield* again).openEncodings({ before: "2021-09-13", limit: 9 })).toHaveLength(5)
        expect(yield* archive.openEncodings({ before: "2021-09-10", limit: 9 })).toEqual([])
      }),
    )

    it.effect(`${which} counts the rows themselves, whatever the ledger says`, () =>
      Effect.gen(function* () {
        const { archive, again, deleteByHand } = yield* fresh
        yield* archive.prepare(host)
        const [reject] = rejectsOf(1) as [Reject]
        yield* loadDay(archive, { rows: rowsOf(3), rejects: [reject, reject] })
        yield* loadDay(archive, {
          rows: rowsOf(2),
          rejects: [reject, reject, ...rejectsOf(2)],
          runId: second,
        })
        yield* loadDay(archive, { workDate: "2021-09-13", rows: [] })
        yield* loadDay(archive, { workDate: "2021-09-14", rows: [], rejects: rejectsOf(2) })
        yield* loadDay(archive, { workDate: "2021-09-15", rows: rowsOf(1) })
        yield* deleteByHand(workDate, "/000.mp4")
        const counted = [
          { workDate, present: 1, missing: 1, rejected: 4 },
          { workDate: "2021-09-14", present: 0, missing: 0, rejected: 2 },
        ]
        for (const one of [archive, yield* again])
          expect(yield* one.rowCounts({ from: workDate, before: "2021-09-15" })).toEqual(counted)
        expect(yield* archive.rowCounts({ from: "2021-09-15", before: "2021-09-15" })).toEqual([])
      }),
    )

    it.effect(`${which} puts right what somebody changed in it, if it is asked to compare`, () =>
      Effect.gen(function* () {
        const { archive, rows, deleteByHand, changeByHand } = yield* fresh
        yield* archive.prepare(host)
        const day = { rows: rowsOf(3), readAt }
        const repair = (at: number) =>
          loadDay(archive, { ...day, readAt: readAt + at, runId: second }, { compare: "always" })
        yield* loadDay(archive, day)
        const before = yield* rows(workDate)
        yield* changeByHand(workDate, "https://x/1", "https://elsewhere")
        // The digest is that of the ledger, and so is the number of rows.
        yield* loadDay(archive, day)
        expect((yield* rows(workDate))[1]!.link).toBe("https://elsewhere")
        const none = { inserted: 0, changed: 0, unchanged: 3, missing: 0, withdrawn: 0 }
        expect(yield* repair(1)).toMatchObject({ counts: { ...none, changed: 1, unchanged: 2 } })
        const repaired = before.with(1, { ...before[1]!, runId: second, changedAt: readAt + 1 })
        expect(yield* rows(workDate)).toEqual(repaired)

        yield* deleteByHand(workDate, "/000.mp4")
        expect(yield* rows(workDate)).toHaveLength(2)
        expect(yield* repair(2)).toMatchObject({
          state: "closed",
          counts: { ...none, inserted: 1, unchanged: 2 },
        })
        const again = { runId: second, firstSeenAt: readAt + 2, changedAt: readAt + 2 }
        expect(yield* rows(workDate)).toEqual(repaired.with(0, { ...before[0]!, ...again }))
        expect(yield* repair(3)).toMatchObject({ counts: none })
      }),
    )

    it.effect(`${which} leaves a closed day closed when an attempt fails, and has it read again`, () =>
      Effect.gen(function* () {
        const { archive } = yield* fresh
        yield* archive.prepare(host)
        yield* loadDay(archive, { rows: rowsOf(2) })
        const [closed] = yield* archive.ledger(range)
        expect(reasonToRead(closed, false)).toBeUndefined()
        yield* archive.recordFailure(workDate, { runId: second }, "Throttled: too many requests")
        const [failed] = yield* archive.ledger(range)
        expect(failed).toEqual({ ...closed, state: "closed", error: "Throttled: too many requests" })
        expect(reasonToRead(failed, false)).toBe("failed")
        yield* loadDay(archive, { rows: rowsOf(2), runId: third })
        expect(yield* archive.ledger(range)).toEqual([{ ...closed, runId: third }])
        // A weak reading is a good one, too.
        yield* archive.recordFailure(workDate, { runId: second }, "refused")
        yield* loadDay(archive, { rows: rowsOf(2), strong: false })
        expect(yield* archive.ledger(range)).toMatchObject([{ state: "open", error: null }])
      }),
    )
  }
})
