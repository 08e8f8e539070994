/** `serve` as who tries to get more out of it than there is to see finds it: one clear line, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { dayAddress, dayCsvAddress } from "@vodstation-etl/report/pageAddress"
import type { Question } from "./ServedArchive.fixture.ts"
import type { ServedWorld } from "./ServedWorld.fixture.ts"
import { archiveKinds, openServedWorld } from "./ServedWorld.fixture.ts"
import { contentsOf } from "./Workbench.fixture.ts"

let world: ServedWorld
const day = "2026-08-02"

beforeAll(async () => {
  world = await openServedWorld(60)
})
afterAll(() => world.close())

const readOnly = "is not answered: there is nothing to change here, only GET and HEAD."
const otherSite = "403 A page of another site asked for this: open it by itself, or by a link."
const fetchedFor = (dest: string, mode: string) => ({
  headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest },
})

const itsName = "open it by its address, or start it with --allow-host and the name."

interface BreakOut {
  readonly does: string
  /** Sent as it stands. */
  readonly path: string
  readonly question?: Question
  /** With the status. */
  readonly told: string
}

const breakOuts: ReadonlyArray<BreakOut> = [
  {
    does: "reads a file",
    path: "/etc/passwd",
    told: "404 There is no page /etc/passwd here. Begin at the report, which is at /.",
  },
  {
    does: "climbs to a file",
    path: "/../../etc/passwd",
    told: "404 There is no page /../../etc/passwd here. Begin at the report, which is at /.",
  },
  {
    does: "climbs from a day",
    path: "/days/..%2f..%2fetc%2fpasswd",
    told: "404 There is no day ..%2f..%2fetc%2fpasswd. A day is written as 2021-09-12.",
  },
  { does: "writes", path: "/days/2026-08-02", question: { method: "POST" }, told: `405 POST ${readOnly}` },
  { does: "deletes", path: "/", question: { method: "DELETE" }, told: `405 DELETE ${readOnly}` },
  {
    does: "asks what is allowed",
    path: "*",
    question: { method: "OPTIONS" },
    told: `405 OPTIONS ${readOnly}`,
  },
  {
    does: "adds a second statement",
    path: "/days/2026-08-02?category=1;DELETE%20FROM%20encoding",
    told: "400 A category is a number, and not 1;DELETE FROM encoding.",
  },
  {
    does: "ends a text",
    path: "/days/2026-08-02?status=F'%3B%20DROP%20TABLE%20encoding%3B%20--",
    told: "404 No encoding of 2026-08-02 has the status F'; DROP TABLE encoding; --.",
  },
  {
    does: "ends a text of a download",
    path: "/days/2026-08-02.csv?format='%7C%7Cpg_read_file('/etc/passwd')%7C%7C'",
    told: "404 No encoding of 2026-08-02 has the format '||pg_read_file('/etc/passwd')||'.",
  },
  {
    does: "brings a SELECT",
    path: "/?sql=SELECT%201",
    told: "400 There is no sql to ask for here, only from, to, lang.",
  },
  {
    does: "makes up a day",
    path: "/days/2026-13-45",
    told: "404 There is no day 2026-13-45. A day is written as 2021-09-12.",
  },
  {
    does: "makes up a bound",
    path: "/?from='",
    told: "400 from ': not understood. Give a date like 2021-09-12, an instant like 2021-09-12T00:00:00+09:00, epoch milliseconds, or -7d.",
  },
  {
    does: "makes up a range",
    path: "/?from=2026-08-03&to=2026-08-02",
    told: "400 from: 2026-08-03 is not before to 2026-08-02: the range holds no day (to is the day after the last one).",
  },
  {
    does: "makes up an encoding",
    path: "/encodings?day=2026-08-02&category=1&file='&format=x&occurrence=1",
    told: "404 There is no encoding /encodings?day=2026-08-02&category=1&file=%27&format=x&occurrence=1: find one on /days/2026-08-02.",
  },
  {
    does: "comes by a foreign name",
    path: "/",
    question: { headers: { host: "evil.example" } },
    told: `421 This server is not called evil.example: ${itsName}`,
  },
  {
    does: "comes by a foreign name in the path",
    path: "http://evil.example/",
    told: `421 This server is not called evil.example: ${itsName}`,
  },
  { does: "is another site's image", path: "/", question: fetchedFor("image", "no-cors"), told: otherSite },
  {
    does: "is framed by another site",
    path: "/",
    question: fetchedFor("iframe", "navigate"),
    told: otherSite,
  },
]

describe.each(archiveKinds)("a server of an archive (%s)", (kind) => {
  const server = () => world.served[kind]

  it.each(breakOuts)("tells, in one clear line, who $does", async ({ path, question, told }) => {
    const answer = await server().ask(path, question)
    expect(`${answer.status} ${answer.body}`).toBe(`${told}\n`)
    expect(answer.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "x-frame-options": "DENY",
    })
    expect(answer.headers["allow"]).toBe(answer.status === 405 ? "GET, HEAD" : undefined)
    const { saidSoFar } = server().program
    await expect
      .poll(saidSoFar, { timeout: 10_000 })
      .toMatch(new RegExp(`^debug: [A-Z]+ .*: ${answer.status}$`, "m"))
    expect(saidSoFar()).not.toMatch(/^ +at /m)
  })

  it("is opened by a link from another site, and asked for heads alone", async () => {
    const link = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    }
    expect((await server().ask("/", { headers: link })).status).toBe(200)
    for (const path of ["/", dayAddress(day), dayCsvAddress(day)]) {
      const [head, whole] = [await server().ask(path, { method: "HEAD" }), await server().ask(path)]
      expect([head.status, head.body]).toEqual([200, ""])
      expect(head.headers["content-type"]).toBe(whole.headers["content-type"])
    }
  })

  it("tells browsers to keep nothing, frame nothing and trust nothing else", async () => {
    for (const path of ["/", dayAddress(day), dayCsvAddress(day), "/etc/passwd"]) {
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
      expect(policy).toContain(`form-action ${path === dayAddress(day) ? "'self'" : "'none'"}`)
      expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
      const own = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(body)?.[1] ?? ""
      expect(policy.startsWith(own)).toBe(true)
      expect(headers).not.toHaveProperty("x-powered-by")
    }
  })

  it("tells no secret, and changes nothing", async () => {
    const file = kind === "csv" ? contentsOf(world.csvArchive) : undefined
    const counts = "SELECT count(*)::int AS rows, max(xmin::text::bigint)::text AS last FROM encoding"
    const before = await world.bench.select(world.schema, counts)
    const password = decodeURIComponent(new URL(world.bench.databaseUrl).password)
    for (const path of [
      "/",
      dayAddress(day),
      dayCsvAddress(day),
      "/etc/passwd",
      `/days/${password.length}`,
    ]) {
      const { body, headers } = await server().ask(path)
      for (const secret of [password, world.bench.simulator.secretKey, world.bench.simulator.accessKey])
        expect(body + JSON.stringify(headers)).not.toContain(secret)
    }
    expect(await world.bench.select(world.schema, counts)).toEqual(before)
    expect(kind === "csv" ? contentsOf(world.csvArchive) : undefined).toEqual(file)
  })

  it("answers many at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) =>
        server().ask(["/", dayAddress(day), dayCsvAddress(day)][at % 3]!),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })
})
