/** What `check` calls off in a day, each thing by itself; and that it has nothing to say of what the merge leaves behind. */
import { describe, expect, it } from "vitest"
import { DayCheck, maxFindings } from "./DayCheck.ts"
import type { HeldState } from "./checkStates.ts"
import { entry } from "./ledger.fixture.ts"
import type { StoredReject } from "./mergeRejects.ts"
import type { LedgerDay } from "./Reading.ts"
import { SnapshotDigest } from "./SnapshotDigest.ts"

const workDate = "2021-09-12"
const dayStart = Date.parse("2021-09-11T15:00:00Z")
const evening = dayStart + 22 * 3_600_000
const night = dayStart + 27 * 3_600_000
const [first, second] = ["run 1", "run 2"]

const state = (filePath: string, more: Partial<HeldState> = {}): HeldState => ({
  categoryId: 1n,
  filePath,
  outputType: "HD",
  occurrence: 1,
  categoryName: null,
  status: "COMPLETE",
  link: null,
  percent: 100,
  outputTotalSize: 5n,
  lastWorkTime: dayStart + 1000,
  requestedFrom: dayStart,
  requestedBefore: dayStart + 86_400_000,
  anomalies: [],
  raw: null,
  missingSince: null,
  firstSeenAt: evening,
  changedAt: evening,
  runId: first,
  supersededAt: null,
  ...more,
})

/** A day that was read twice: b went on, c came, d was withdrawn, e was forgotten. */
const [a, e] = [state("/a"), state("/e", { missingSince: night })]
const b = state("/b", { changedAt: night, runId: second })
const c = state("/c", { firstSeenAt: night, changedAt: night, runId: second })
const running = { status: "RUNNING", percent: 12, supersededAt: night }
const [bBefore, d] = [state("/b", running), state("/d", running)]
const day = [a, bBefore, b, c, d, e]

const reject: StoredReject = {
  fingerprint: "0a",
  reason: "no readable categoryId",
  payload: "{}",
  count: 2,
  firstSeenAt: night,
  runId: second,
}
const ledger: LedgerDay = entry(workDate, {
  apiTotal: 5,
  rowCount: 3,
  rejectedRows: 2,
  readAt: night,
  runId: second,
})

const rulesOf = (
  states: ReadonlyArray<HeldState>,
  told: LedgerDay | null = ledger,
  rejects: ReadonlyArray<StoredReject> = [reject],
  damage: string | null = null,
) => {
  const check = new DayCheck(workDate)
  // In two parts that cut a row's states apart.
  check.add(states.slice(0, 2))
  check.add(states.slice(2))
  const { findings } = check.end(told ?? undefined, rejects, damage)
  return findings.map(({ rule, key }) => [rule, key?.filePath])
}
const replaced = (old: HeldState, ...now: ReadonlyArray<HeldState>) =>
  day.flatMap((state) => (state === old ? now : [state]))

describe("a day of the archive", () => {
  it("is whole as merging leaves it, and is counted", () => {
    const check = new DayCheck(workDate)
    check.add(day)
    expect(check.end(ledger, [reject], null)).toEqual({
      counts: { present: 3, missing: 1, past: 2, rejected: 2 },
      findings: [],
      found: 0,
    })
    expect(rulesOf(day)).toEqual([])
  })

  it("is whole where readings of one second left states that lasted no time, and a life after another", () => {
    const lives = [
      state("/b", { ...running, supersededAt: night }),
      state("/b", { status: "WAITING", changedAt: night, supersededAt: night }),
      state("/b", { status: "RUNNING", firstSeenAt: night, changedAt: night, supersededAt: night }),
      state("/b", { firstSeenAt: night, changedAt: night }),
    ]
    for (const order of [lives, lives.toReversed()])
      expect(rulesOf(day.flatMap((one) => (one === b ? order : one === bBefore ? [] : [one])))).toEqual([])
  })

  it("is whole with values in its past that cannot be: they were put right", () => {
    expect(rulesOf(replaced(d, { ...d, percent: 250, outputTotalSize: -1n }))).toEqual([])
  })

  it("may hold more than an open ledger says, since a weak reading takes nothing away", () => {
    const open = { ...ledger, state: "open" } as const
    const waiting = state("/f", { status: "WAITING", percent: 0 })
    expect(rulesOf([...day, waiting], open, [reject, { ...reject, fingerprint: "0b" }])).toEqual([])
  })

  it("may hold fewer rows than the API's total where its proof is count, as long as it is open", () => {
    const inPart = { ...ledger, state: "open", proof: "count", apiTotal: 9 } as const
    expect(rulesOf(day, inPart)).toEqual([])
    expect(rulesOf(day, { ...inPart, state: "closed" })).toContainEqual(["total", undefined])
    expect(rulesOf(day, { ...inPart, proof: "pigeonhole" })).toEqual([["total", undefined]])
    expect(rulesOf(day, { ...inPart, apiTotal: 4 })).toEqual([["total", undefined]])
    expect(rulesOf(day, { ...inPart, apiTotal: null })).toEqual([["total", undefined]])
  })

  const off: ReadonlyArray<[string, Parameters<typeof rulesOf>, ReturnType<typeof rulesOf>]> = [
    ["a row is gone", [replaced(a)], [["rowCount", undefined]]],
    ["a row is there that was never read", [[...day, state("/f")]], [["rowCount", undefined]]],
    ["a row of an open day is gone", [replaced(a), { ...ledger, state: "open" }], [["rowCount", undefined]]],
    ["a reject is gone", [day, ledger, []], [["rejectedRows", undefined]]],
    [
      "a row of a closed day has not ended",
      [replaced(a, state("/a", { status: "PAUSED" })), { ...ledger, openRows: 1 }],
      [["openRows", undefined]],
    ],
    [
      "a row of a closed day came to life again",
      [replaced(a, state("/a", { status: null }))],
      [["openRows", undefined]],
    ],
    [
      "fewer rows have not ended than were read so",
      [day, { ...ledger, state: "open", openRows: 1 }],
      [["openRows", undefined]],
    ],
    ["the total was another", [day, { ...ledger, apiTotal: 6 }], [["total", undefined]]],
    ["it closed with a weak proof", [day, { ...ledger, proof: "count" }], [["proof", undefined]]],
    ["it closed without a proof", [day, { ...ledger, proof: null }], [["proof", undefined]]],
    ["the ledger does not know it", [day, null], [["unaccounted", undefined]]],
    [
      "the ledger says that it was never loaded",
      [day, { ...ledger, state: "failed", readAt: null }],
      [["unaccounted", undefined]],
    ],
    ["its files cannot be read", [[], ledger, [], "encoding/… was damaged"], [["unreadable", undefined]]],
    [
      "a state goes on beyond the next",
      [replaced(bBefore, { ...bBefore, supersededAt: night + 1 }), { ...ledger, readAt: night + 1 }],
      [
        ["overlap", "/b"],
        ["unrecorded", "/b"],
      ],
    ],
    ["the state before a change is gone", [replaced(bBefore)], [["unrecorded", "/b"]]],
    [
      "a state between two is gone",
      [replaced(bBefore, { ...bBefore, supersededAt: night - 1 })],
      [["unrecorded", "/b"]],
    ],
    ["a finished row was taken away", [replaced(d, { ...d, status: "FAILURE" })], [["lost", "/d"]]],
    [
      "another row has a finished one's place at once",
      [
        replaced(d, { ...d, status: "FAILURE" }, state("/d", { firstSeenAt: night, changedAt: night })),
        { ...ledger, rowCount: 4, apiTotal: 6 },
      ],
      [["lost", "/d"]],
    ],
    ["the ledger does not know of its past", [[d], null, []], [["unaccounted", undefined]]],
    ["the ledger does not know of its rejects", [[], null], [["unaccounted", undefined]]],
    ["what is missing has not ended", [replaced(e, { ...e, status: "RUNNING" })], [["notFinished", "/e"]]],
    ["a percent is too high", [replaced(a, { ...a, percent: 100.5 })], [["range", "/a"]]],
    ["a percent is no number", [replaced(a, { ...a, percent: Number.NaN })], [["range", "/a"]]],
    ["a percent is negative", [replaced(a, { ...a, percent: -1 })], [["range", "/a"]]],
    ["a size is negative", [replaced(a, { ...a, outputTotalSize: -1n })], [["range", "/a"]]],
    ["an occurrence is below 1", [replaced(a, { ...a, occurrence: 0 })], [["range", "/a"]]],
    ["a row changed before it was seen", [replaced(a, { ...a, changedAt: evening - 1 })], [["times", "/a"]]],
    ["a state ended before it began", [replaced(d, { ...d, supersededAt: evening - 1 })], [["times", "/d"]]],
    [
      "a row was missing before it was there",
      [replaced(e, { ...e, missingSince: evening - 1 })],
      [["times", "/e"]],
    ],
    [
      "a row was requested in no time",
      [replaced(a, { ...a, requestedFrom: a.requestedBefore })],
      [["times", "/a"]],
    ],
    [
      "something happened after the last reading",
      [replaced(e, { ...e, missingSince: night + 1 })],
      [["times", undefined]],
    ],
  ]
  it.each(off)("is off where %s", (_, look, rules) => {
    expect(rulesOf(...look)).toEqual(rules)
  })

  it("tells of a hundred findings, and counts the others", () => {
    const check = new DayCheck(workDate)
    check.add(Array.from({ length: 150 }, (_, index) => state(`/${index}`, { percent: 101 })))
    const { findings, found } = check.end({ ...ledger, state: "open" }, [reject], null)
    expect([findings.length, found]).toEqual([maxFindings, 150])
  })
})

describe("a day that was read once", () => {
  const rows = [state("/a"), state("/b", { status: "FAILURE" })]
  const digest = new SnapshotDigest()
  for (const row of rows) digest.addRow(row)
  for (let copy = 0; copy < reject.count; copy++) digest.addReject(reject)
  const once = {
    ...ledger,
    ...{ apiTotal: 4, rowCount: 2, readAt: evening, runId: first, digest: String(digest) },
  }
  const rejects = [{ ...reject, firstSeenAt: evening }]

  it("holds the rows that were read, to the last column", () => {
    expect(rulesOf(rows, once, rejects)).toEqual([])
    for (const change of [{ link: "x" }, { percent: 99 }, { raw: "{}" }, { anomalies: ["a"] }])
      expect(rulesOf([rows[0]!, { ...rows[1]!, ...change }], once, rejects)).toEqual([
        ["contents", undefined],
      ])
    expect(rulesOf(rows, once, [{ ...reject, reason: "another" }])).toEqual([["contents", undefined]])
  })

  it("cannot be told from what was changed where several readings made the rows", () => {
    const changed = [rows[0]!, { ...rows[1]!, link: "x" }]
    expect(rulesOf(changed, { ...once, runId: second }, rejects)).toEqual([])
    const seenBefore = { firstSeenAt: evening - 1 }
    const before = state("/b", { ...running, ...seenBefore, changedAt: evening - 1, supersededAt: evening })
    expect(rulesOf([rows[0]!, before, { ...changed[1]!, ...seenBefore }], once, rejects)).toEqual([])
  })
})
