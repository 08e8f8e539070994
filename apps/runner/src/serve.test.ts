/** `serve` as who opens its pages finds it, over both kinds of archive: they tell what the database says. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { EncodingRow } from "@vodstation-etl/report/DayData"
import type { DayFilter, EncodingKey } from "@vodstation-etl/report/pageAddress"
import {
  dayAddress,
  dayCsvAddress,
  encodingAddress,
  encodingCsvAddress,
} from "@vodstation-etl/report/pageAddress"
import { parseCsv } from "./readCsvColumns.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import type { ArchiveKind, ServedWorld } from "./ServedWorld.fixture.ts"
import { archiveKinds, keyText, openServedWorld, walkDay } from "./ServedWorld.fixture.ts"

let world: ServedWorld
const big = "2026-08-02"

beforeAll(async () => {
  world = await openServedWorld(700)
})
afterAll(() => world.close())

describe.each(archiveKinds)("the pages of an archive (%s)", (kind) => {
  const server = () => world.served[kind]

  it("begin with the report, live, in the language that is asked for", async () => {
    const { status, headers, body } = await server().ask("/?lang=ko")
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"])
    expect(body).toMatch(/^<!doctype html>\n<html lang="ko">/)
    const report = await server().report()
    const [counted] = await world.bench.select(
      world.schema,
      "SELECT count(*)::int AS encodings, count(*) FILTER (WHERE status = 'FAILURE')::int AS failure FROM encoding",
    )
    const sum = (name: "encodings" | "failure") => report.days.reduce((total, day) => total + day[name], 0)
    expect({ encodings: sum("encodings"), failure: sum("failure") }).toEqual(counted)
    const oneDay = await server().report("/?from=2026-08-02&to=2026-08-03")
    expect(oneDay.days.map(({ day }) => day)).toEqual([big])
  })

  it("tell of a day what the database says", async () => {
    const page = await server().day(dayAddress(big))
    const [day] = await world.bench.select(
      world.schema,
      `SELECT count(*)::int AS encodings, count(*) FILTER (WHERE status = 'FAILURE')::int AS failure,
              (SELECT rejected_rows::int FROM extraction_day WHERE work_date = $1) AS rejected
       FROM encoding WHERE work_date = $1`,
      [big],
    )
    expect(page.figures).toMatchObject({ day: big, ...day })
    expect([page.previousDay, page.nextDay, page.total]).toEqual([
      "2026-08-01",
      "2026-08-03",
      day!["encodings"],
    ])
    const choices = (expression: string) =>
      world.bench.select(
        world.schema,
        `SELECT ${expression} AS value, count(*)::int AS rows FROM encoding WHERE work_date = $1
         GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`,
        [big],
      )
    expect(page.statuses).toEqual(await choices("coalesce(status, '')"))
    expect(page.formats).toEqual(await choices("output_type"))
    const categories = page.categories.map(({ value, rows }) => ({ value, rows }))
    expect(categories).toEqual(await choices(`category_id::text COLLATE "C"`))
    const rejects = await world.bench.select(
      world.schema,
      "SELECT reason, count::int, left(payload::text, 2000) AS payload FROM rejected_record WHERE work_date = $1 ORDER BY count DESC, fingerprint",
      [big],
    )
    expect(rejects.length).toBeGreaterThan(0)
    expect(page.rejects).toEqual(rejects)
  })

  it("show every row of a day once, in the order of the key, two hundred at a time", async () => {
    const pages = await walkDay(server(), big)
    const rows = await world.bench.select(
      world.schema,
      `SELECT category_id::text AS "categoryId", file_path AS "filePath", output_type AS "outputType", occurrence,
              category_name AS "categoryName", status, percent, output_total_size::float8 AS bytes, link, anomalies,
              last_work_time AS "lastWorkAt", requested_from AS "requestedFrom",
              requested_before AS "requestedBefore", missing_since IS NOT NULL AS "missingSince",
              (SELECT count(*)::int FROM encoding_history AS old
               WHERE (old.work_date, old.category_id, old.file_path, old.output_type, old.occurrence)
                 = (now.work_date, now.category_id, now.file_path, now.output_type, now.occurrence)) AS "earlierStates"
       FROM encoding AS now WHERE work_date = $1 ORDER BY category_id, file_path, output_type, occurrence`,
      [big],
    )
    expect(pages.slice(0, -1).map((page) => page.rows.length)).toEqual([200, 200, 200])
    // Each archive was told of it by a reading of its own.
    const shown = pages
      .flatMap((page) => page.rows)
      .map((row) => ({ ...row, missingSince: row.missingSince !== null }))
    expect(shown).toEqual(rows.map((row) => ({ workDate: big, ...row })))
    expect(rows.some(({ occurrence }) => occurrence > 1)).toBe(true)
  })

  it("show the rows that a filter chooses, and give the same as CSV", async () => {
    const format = (await server().day(dayAddress(big))).formats[0]!.value
    const filters: ReadonlyArray<readonly [DayFilter, string, ReadonlyArray<unknown>]> = [
      [{}, "true", []],
      [{ status: "FAILURE" }, "status = 'FAILURE'", []],
      [{ status: "FAILURE", format }, "status = 'FAILURE' AND output_type = $2", [format]],
      [{ categoryId: "10019", file: "VARIETY" }, "category_id = 10019 AND file_path ILIKE '%variety%'", []],
      [{ file: "'; DROP TABLE encoding; --" }, "false", []],
      [{ status: "PAUSED" }, "false", []],
    ]
    const all = await exported(kind)
    const lines = parseCsv(all).slice(1)
    for (const [filter, condition, values] of filters) {
      const expected = await world.bench.select(
        world.schema,
        `SELECT category_id::text || '|' || file_path || '|' || output_type || '|' || occurrence AS key FROM encoding
         WHERE work_date = $1 AND ${condition} ORDER BY category_id, file_path, output_type, occurrence`,
        [big, ...values],
      )
      const pages = await walkDay(server(), big, filter)
      const keys = expected.map(({ key }) => key)
      expect([filter, pages.flatMap((page) => page.rows).map(keyText)]).toEqual([filter, keys])
      expect(pages.map(({ total }) => total)).toEqual(pages.map(() => keys.length))
      const { status, headers, body } = await server().ask(dayCsvAddress(big, filter))
      expect([status, headers["content-type"]]).toEqual([200, "text/csv; charset=utf-8; header=present"])
      expect(parseCsv(body).slice(1)).toEqual(lines.filter((line) => keys.includes(keyOfLine(line))))
      expect(body.startsWith(all.slice(0, all.indexOf("\n") + 1))).toBe(true)
    }
    expect((await server().ask(dayCsvAddress(big))).body).toBe(all)
    const { headers } = await server().ask(dayCsvAddress(big, { status: "FAILURE" }))
    expect(headers["content-disposition"]).toBe('attachment; filename="encodings-2026-08-02-FAILURE.csv"')
  })

  it("tell of days with three rows, none, and failures only, and of one that nobody asked for", async () => {
    const [three, none, failures, unknown] = await Promise.all(
      ["2026-08-01", "2026-08-03", "2026-08-04", "2031-01-01"].map((day) => server().day(dayAddress(day))),
    )
    expect([three!.rows.length, three!.next]).toEqual([three!.total, null])
    expect(three!.total).toBeGreaterThan(0)
    expect([none!.rows, none!.total, none!.figures?.encodings, none!.statuses]).toEqual([[], 0, 0, []])
    expect(failures!.statuses.map(({ value }) => value)).toEqual(["FAILURE"])
    expect([unknown!.figures, unknown!.rows, unknown!.previousDay]).toEqual([null, [], "2026-08-04"])
    const csv = await server().ask(dayCsvAddress("2026-08-03"))
    expect(csv.body).toMatch(/^work_date,category_id,[^\n]*\n$/)
  })

  it("leave no row out and show none twice, while a backfill changes rows in between", async () => {
    const { rows, dayStarts } = world.bench.simulator.world
    const now = () => world.bench.simulator.world.now()
    const before = (await walkDay(server(), big)).flatMap((page) => page.rows)
    const [from, to] = [dayStarts[1]!, dayStarts[2]!]
    const moving = new Set<string>()
    const pages = await walkDay(server(), big, {}, async (page) => {
      if (page !== 2) return
      const there = rows.within(from, to)
      for (const [at, row] of there.entries()) {
        if (at % 7 === 0) rows.change(row, { outcome: row.outcome === "COMPLETE" ? "FAILURE" : "COMPLETE" })
        // Some that are done, which the archive keeps, and some that are not, which are withdrawn.
        const goes = at % 50 === 1 || (at % 2 === 0 && row.endMs > now())
        // While it waits it has no path.
        if (goes) moving.add(row.filePath).add("")
        if (goes) rows.remove(row)
      }
      for (let added = 0; added < 20; added++)
        moving.add(
          rows.add({ requestTimeMs: from + added * 1000, categoryId: BigInt(10_000 + added) }).filePath,
        )
      for (const archive of archiveKinds) await world.backfill(archive, "--refresh")
    })
    const shown = pages.flatMap((page) => page.rows).map(keyText)
    expect(new Set(shown).size).toBe(shown.length)
    const stoodStill = before.filter(({ filePath }) => !moving.has(filePath)).map(keyText)
    expect(stoodStill.length).toBeGreaterThan(500)
    expect(stoodStill.filter((key) => !shown.includes(key))).toEqual([])
    expect(pages.flatMap((page) => page.rows).some(({ earlierStates }) => earlierStates > 0)).toBe(true)
  })

  it("tell every state of an encoding, the others of its file, and the same as CSV", async () => {
    const rows = (await walkDay(server(), big)).flatMap((page) => page.rows)
    const changed = rows.find(({ earlierStates, filePath }) => earlierStates > 0 && filePath !== "")!
    const page = await server().encoding(encodingAddress(changed))
    expect(page.latest).toEqual(changed)
    expect(page.timeline).toHaveLength(changed.earlierStates + 1)
    expect(page.timeline.map(({ validTo }) => validTo)).toEqual([
      ...page.timeline.slice(1).map(({ validFrom }) => validFrom),
      null,
    ])
    expect(page.timeline.at(-1)).toMatchObject({ status: changed.status, percent: changed.percent })
    expect(page.timeline[0]!.status).not.toBe(changed.status)
    const file = (row: EncodingRow) => row.filePath.replace(`_${row.outputType}`, "")
    const others = rows.filter(
      (row) =>
        row.categoryId === changed.categoryId &&
        file(row) === file(changed) &&
        keyText(row) !== keyText(changed),
    )
    expect(page.others).toEqual(others)
    const { body, headers } = await server().ask(encodingCsvAddress(changed))
    const [head, ...states] = body.trimEnd().split("\n")
    expect(head).toMatch(/^work_date,category_id,file_path,output_type,occurrence,valid_from,valid_to,/)
    expect(states).toHaveLength(page.timeline.length)
    for (const [at, state] of states.entries())
      expect(state).toContain(new Date(page.timeline[at]!.validFrom).toISOString())
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="encoding-2026-08-02-/)
    const twin = rows.find(({ occurrence }) => occurrence === 2)!
    expect((await server().encoding(encodingAddress(twin))).others.map(keyText)).toContain(
      keyText({ ...twin, occurrence: 1 }),
    )
  })

  it("tell what is left of an encoding that was withdrawn", async () => {
    const [gone] = await world.bench.select(
      world.schema,
      `SELECT work_date AS "workDate", category_id::text AS "categoryId", file_path AS "filePath",
              output_type AS "outputType", occurrence, status
       FROM encoding_history AS old
       WHERE NOT EXISTS (
         SELECT FROM encoding AS now
         WHERE (old.work_date, old.category_id, old.file_path, old.output_type, old.occurrence)
             = (now.work_date, now.category_id, now.file_path, now.output_type, now.occurrence))
       ORDER BY 1, 2, 3, 4, 5 LIMIT 1`,
    )
    const page = await server().encoding(encodingAddress(gone as EncodingKey))
    expect([page.latest, page.raw]).toEqual([null, null])
    expect(page.timeline.at(-1)).toMatchObject({ status: gone!["status"], validTo: expect.any(Number) })
  })

  it("tell in which text the API gave what the columns do not say", async () => {
    const loose = (await walkDay(server(), big))
      .flatMap((page) => page.rows)
      .find(({ anomalies }) => anomalies.length > 0)!
    const { raw } = await server().encoding(encodingAddress(loose))
    expect(JSON.parse(raw!)).toHaveProperty("filePath")
  })
})

/** What `export` writes of the day. */
const exported = async (kind: ArchiveKind): Promise<string> => {
  const range = ["--from", big, "--to", "2026-08-03"]
  const { stdout } = await runProgram(
    ["export", "encoding", ...range, ...world.flagsOf(kind), "--out", "-"],
    {
      env: world.bench.environment(world.schema),
    },
  )
  return stdout
}

const keyOfLine = (cells: ReadonlyArray<string | null>): string => cells.slice(1, 5).join("|")
