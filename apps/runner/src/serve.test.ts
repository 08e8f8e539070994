/** `serve` as who opens its pages finds it, over both kinds of archive, and as who tries to get more out of it does. */
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { DayData, EncodingRow } from "@vodstation-etl/report/DayData"
import type { DayFilter } from "@vodstation-etl/report/pageAddress"
import {
  dayAddress,
  dayCsvAddress,
  encodingAddress,
  encodingCsvAddress,
} from "@vodstation-etl/report/pageAddress"
import { parseCsv } from "./readCsvColumns.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import type { ServedArchive } from "./ServedArchive.fixture.ts"
import { serveArchive } from "./ServedArchive.fixture.ts"
import { contentsOf, openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
let csvArchive: string
const schema = "served"
const rowsPerDay = 700
const big = "2026-08-02"
const of = { postgres: [] as ReadonlyArray<string>, csv: [] as ReadonlyArray<string> }
const served = {} as Record<keyof typeof of, ServedArchive>

const backfill = async (kind: keyof typeof of, ...more: ReadonlyArray<string>) => {
  const place = kind === "csv" ? ["--archive", "csv", "--out", csvArchive] : []
  const range = ["--from", "2026-08-01", "--to", "2026-08-05"]
  const run = await runProgram(["backfill", ...range, ...place, ...more], { env: bench.environment(schema) })
  expect(run).toMatchObject({ code: 0 })
}

beforeAll(async () => {
  bench = await openWorkbench({
    ...{ firstDay: "2026-08-01", days: 4, twinShare: 0.02, stuckShare: 0.02, failureScale: 3 },
    ...{ rowsPerDay: (day: number) => [3, rowsPerDay, 0, 40][day]! },
    ...{ looseness: 0.2, looseKinds: ["percentUnreadable", "categoryIdUnreadable"] },
    ...{ now: Date.parse("2026-08-05T12:00:00+09:00"), clock: "ticking" },
  })
  csvArchive = join(bench.home, "archive")
  // Only failures on the last day.
  const { rows, dayStarts } = bench.simulator.world
  for (const row of rows.within(dayStarts[3]!, dayStarts[4]!)) rows.change(row, { outcome: "FAILURE" })
  of.csv = ["--archive", "csv", "--archive-dir", csvArchive]
  await backfill("postgres")
  await backfill("csv")
  const start = (flags: ReadonlyArray<string>) =>
    serveArchive([...flags, "--verbose"], bench.environment(schema), bench.home)
  served.postgres = await start(of.postgres)
  served.csv = await start(of.csv)
})

afterAll(async () => {
  for (const { program } of Object.values(served)) program.kill("SIGKILL")
  await Promise.all(Object.values(served).map(({ program }) => program.ended))
  await bench.close()
})

const textOf = (row: EncodingRow) => [row.categoryId, row.filePath, row.outputType, row.occurrence].join("|")

/** All pages of a day, one after the other. */
const walk = async (
  server: ServedArchive,
  day: string,
  filter: DayFilter = {},
  between: (page: number) => Promise<void> = async () => {},
) => {
  const pages: Array<DayData> = []
  for (let after: DayData["next"] = null; ;) {
    const page = await server.day(dayAddress(day, filter, after))
    pages.push(page)
    if (page.next === null) return pages
    after = page.next
    await between(pages.length)
  }
}

const kinds = ["postgres", "csv"] as const

describe.each(kinds)("the pages of an archive (%s)", (kind) => {
  const server = () => served[kind]

  it("begin with the report, live, in the language that is asked for", async () => {
    const { status, headers, body } = await server().ask("/?lang=ko")
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"])
    expect(body).toMatch(/^<!doctype html>\n<html lang="ko">/)
    const report = await server().report()
    const [counted] = await bench.select(
      schema,
      "SELECT count(*)::int AS encodings, count(*) FILTER (WHERE status = 'FAILURE')::int AS failure FROM encoding",
    )
    const sum = (name: "encodings" | "failure") => report.days.reduce((total, day) => total + day[name], 0)
    expect({ encodings: sum("encodings"), failure: sum("failure") }).toEqual(counted)
    const oneDay = await server().report("/?from=2026-08-02&to=2026-08-03")
    expect(oneDay.days.map(({ day }) => day)).toEqual([big])
  })

  it("tell of a day what the database says", async () => {
    const page = await server().day(dayAddress(big))
    const [day] = await bench.select(
      schema,
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
      bench.select(
        schema,
        `SELECT ${expression} AS value, count(*)::int AS rows FROM encoding WHERE work_date = $1
         GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`,
        [big],
      )
    expect(page.statuses).toEqual(await choices("coalesce(status, '')"))
    expect(page.formats).toEqual(await choices("output_type"))
    const categories = page.categories.map(({ value, rows }) => ({ value, rows }))
    expect(categories).toEqual(await choices(`category_id::text COLLATE "C"`))
    const rejects = await bench.select(
      schema,
      "SELECT reason, count::int, left(payload::text, 2000) AS payload FROM rejected_record WHERE work_date = $1 ORDER BY count DESC, fingerprint",
      [big],
    )
    expect(rejects.length).toBeGreaterThan(0)
    expect(page.rejects).toEqual(rejects)
  })

  it("show every row of a day once, in the order of the key, two hundred at a time", async () => {
    const pages = await walk(server(), big)
    const rows = await bench.select(
      schema,
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
    for (const [filter, condition, values] of filters) {
      const expected = await bench.select(
        schema,
        `SELECT category_id::text || '|' || file_path || '|' || output_type || '|' || occurrence AS key FROM encoding
         WHERE work_date = $1 AND ${condition} ORDER BY category_id, file_path, output_type, occurrence`,
        [big, ...values],
      )
      const pages = await walk(server(), big, filter)
      const keys = expected.map(({ key }) => key)
      expect([filter, pages.flatMap((page) => page.rows).map(textOf)]).toEqual([filter, keys])
      expect(pages.map(({ total }) => total)).toEqual(pages.map(() => keys.length))
      const { status, headers, body } = await server().ask(dayCsvAddress(big, filter))
      expect([status, headers["content-type"]]).toEqual([200, "text/csv; charset=utf-8; header=present"])
      const all = await exported(kind)
      const lines = parseCsv(all).filter((_, at) => at > 0)
      expect(parseCsv(body).slice(1)).toEqual(lines.filter((line) => keys.includes(keyOfLine(line))))
      expect(body.startsWith(all.slice(0, all.indexOf("\n") + 1))).toBe(true)
      if (keys.length === lines.length) expect(body).toBe(all)
    }
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
    const { rows, dayStarts } = bench.simulator.world
    const before = (await walk(server(), big)).flatMap((page) => page.rows)
    const [from, to] = [dayStarts[1]!, dayStarts[2]!]
    const moving = new Set<string>()
    const pages = await walk(server(), big, {}, async (page) => {
      if (page !== 2) return
      const there = rows.within(from, to)
      for (const [at, row] of there.entries()) {
        if (at % 7 === 0) rows.change(row, { outcome: row.outcome === "COMPLETE" ? "FAILURE" : "COMPLETE" })
        if (at % 50 === 1) moving.add(row.filePath)
        if (at % 50 === 1) rows.remove(row)
      }
      for (let added = 0; added < 20; added++)
        moving.add(
          rows.add({ requestTimeMs: from + added * 1000, categoryId: BigInt(10_000 + added) }).filePath,
        )
      for (const archive of kinds) await backfill(archive, "--refresh")
    })
    const shown = pages.flatMap((page) => page.rows).map(textOf)
    expect(new Set(shown).size).toBe(shown.length)
    const stoodStill = before.filter(({ filePath }) => !moving.has(filePath)).map(textOf)
    expect(stoodStill.length).toBeGreaterThan(500)
    expect(stoodStill.filter((key) => !shown.includes(key))).toEqual([])
    expect(pages.flatMap((page) => page.rows).some(({ earlierStates }) => earlierStates > 0)).toBe(true)
  })

  it("tell every state of an encoding, the others of its file, and the same as CSV", async () => {
    const rows = (await walk(server(), big)).flatMap((page) => page.rows)
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
        textOf(row) !== textOf(changed),
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
    expect((await server().encoding(encodingAddress(twin))).others.map(textOf)).toContain(
      textOf({ ...twin, occurrence: 1 }),
    )
  })

  it("tell in which text the API gave what the columns do not say", async () => {
    const loose = (await walk(server(), big))
      .flatMap((page) => page.rows)
      .find(({ anomalies }) => anomalies.length > 0)!
    const { raw } = await server().encoding(encodingAddress(loose))
    expect(JSON.parse(raw!)).toHaveProperty("filePath")
  })

  const breakOuts: ReadonlyArray<
    readonly [string, string, number, string, Parameters<ServedArchive["ask"]>[1]?]
  > = [
    [
      "reads a file",
      "/etc/passwd",
      404,
      "There is no page /etc/passwd here. Begin at the report, which is at /.",
    ],
    [
      "climbs to a file",
      "/../../../etc/passwd",
      404,
      "There is no page /../../../etc/passwd here. Begin at the report, which is at /.",
    ],
    [
      "climbs from a day",
      "/days/..%2f..%2f..%2fetc%2fpasswd",
      404,
      "There is no day ..%2f..%2f..%2fetc%2fpasswd. A day is written as 2021-09-12.",
    ],
    [
      "writes",
      "/days/2026-08-02",
      405,
      "POST is not answered: there is nothing to change here, only GET and HEAD.",
      { method: "POST" },
    ],
    [
      "deletes",
      "/",
      405,
      "DELETE is not answered: there is nothing to change here, only GET and HEAD.",
      { method: "DELETE" },
    ],
    [
      "asks for a second statement",
      "/days/2026-08-02?category=1;DELETE%20FROM%20encoding",
      400,
      "A category is a number, and not 1;DELETE FROM encoding.",
    ],
    [
      "ends a text",
      "/days/2026-08-02?status=FAILURE'%3B%20DROP%20TABLE%20encoding%3B%20--",
      404,
      "No encoding of 2026-08-02 has the status FAILURE'; DROP TABLE encoding; --.",
    ],
    [
      "ends a text of a download",
      "/days/2026-08-02.csv?format='%20OR%20pg_read_file('/etc/passwd')%20%3C%3E%20'",
      404,
      "No encoding of 2026-08-02 has the format ' OR pg_read_file('/etc/passwd') <> '.",
    ],
    [
      "makes up a day",
      "/days/2026-13-45",
      404,
      "There is no day 2026-13-45. A day is written as 2021-09-12.",
    ],
    [
      "makes up a bound",
      "/?from='",
      400,
      "from ': not understood. Give a date like 2021-09-12, an instant like 2021-09-12T00:00:00+09:00, epoch milliseconds, or -7d.",
    ],
    [
      "makes up a range",
      "/?from=2026-08-03&to=2026-08-02",
      400,
      "from: 2026-08-03 is not before to 2026-08-02: the range holds no day (to is the day after the last one).",
    ],
    [
      "makes up an encoding",
      "/encodings?day=2026-08-02&category=1&file='&format=x&occurrence=1",
      404,
      "There is no encoding /encodings?day=2026-08-02&category=1&file=%27&format=x&occurrence=1: find one on /days/2026-08-02.",
    ],
    [
      "comes by a foreign name",
      "/",
      421,
      "This server is not called evil.example: open it by its address, or start it with --allow-host and the name.",
      { headers: { host: "evil.example" } },
    ],
    [
      "comes from another site",
      "/",
      403,
      "A page of another site asked for this: open it by itself, or by a link.",
      { headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" } },
    ],
    [
      "is framed by another site",
      "/",
      403,
      "A page of another site asked for this: open it by itself, or by a link.",
      {
        headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
      },
    ],
  ]
  it.each(breakOuts)("refuse, in one clear line, who %s", async (_, path, status, line, question) => {
    const answer = await server().ask(path, question)
    expect([answer.status, answer.headers["content-type"], answer.body]).toEqual([
      status,
      "text/plain; charset=utf-8",
      `${line}\n`,
    ])
    expect(answer.headers["allow"]).toBe(status === 405 ? "GET, HEAD" : undefined)
    const { saidSoFar } = server().program
    const logged = `debug: ${question?.method ?? "GET"} ${path}: ${status}\n`
    await expect.poll(saidSoFar, { timeout: 10_000 }).toContain(logged)
    expect(saidSoFar()).not.toMatch(/^ +at /m)
  })

  it("are opened by a link from another site, and asked for their head", async () => {
    const link = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    }
    expect((await server().ask("/", { headers: link })).status).toBe(200)
    for (const path of ["/", dayAddress(big), dayCsvAddress(big)]) {
      const [head, whole] = [await server().ask(path, { method: "HEAD" }), await server().ask(path)]
      expect([head.status, head.body]).toEqual([200, ""])
      expect(head.headers["content-type"]).toBe(whole.headers["content-type"])
    }
  })

  it("tell browsers to keep nothing, frame nothing and trust nothing else", async () => {
    for (const path of ["/", dayAddress(big), dayCsvAddress(big), "/etc/passwd"]) {
      const { headers, body } = await server().ask(path)
      expect(headers).toMatchObject({
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
      })
      const policy = String(headers["content-security-policy"])
      expect(policy).toMatch(/^default-src 'none'; .*; frame-ancestors 'none'$/)
      expect(policy).toContain(`form-action ${path === dayAddress(big) ? "'self'" : "'none'"}`)
      expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
      const own = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(body)?.[1]
      if (own !== undefined) expect(policy).toBe(`${own}; frame-ancestors 'none'`)
      expect(headers).not.toHaveProperty("x-powered-by")
    }
  })

  it("hold no secret, and change nothing", async () => {
    const file = kind === "csv" ? contentsOf(csvArchive) : undefined
    const counts = "SELECT count(*)::int AS rows, max(xmin::text::bigint)::text AS last FROM encoding"
    const before = await bench.select(schema, counts)
    const password = decodeURIComponent(new URL(bench.databaseUrl).password)
    for (const path of [
      "/",
      dayAddress(big),
      dayCsvAddress(big),
      "/etc/passwd",
      `/days/${password.length}`,
    ]) {
      const { body, headers } = await server().ask(path)
      for (const secret of [password, bench.simulator.secretKey, bench.simulator.accessKey])
        expect(body + JSON.stringify(headers)).not.toContain(secret)
    }
    expect(await bench.select(schema, counts)).toEqual(before)
    expect(kind === "csv" ? contentsOf(csvArchive) : undefined).toEqual(file)
  })

  it("are many at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) =>
        server().ask(["/", dayAddress(big), dayCsvAddress(big)][at % 3]!),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })
})

/** What `export` writes of the day. */
const exported = async (kind: keyof typeof of): Promise<string> => {
  const range = ["--from", big, "--to", "2026-08-03"]
  const { stdout } = await runProgram(["export", "encoding", ...range, ...of[kind], "--out", "-"], {
    env: bench.environment(schema),
  })
  return stdout
}

const keyOfLine = (cells: ReadonlyArray<string | null>): string => cells.slice(1, 5).join("|")
