/** How `serve` begins and ends, and what it does when its archive is away for a while. */
import { randomBytes } from "node:crypto"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startDatabaseRelay } from "./DatabaseRelay.fixture.ts"
import { startOtlpReceiver } from "./OtlpReceiver.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import type { ServedArchive } from "./ServedArchive.fixture.ts"
import { serveArchive } from "./ServedArchive.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
const schema = "served"
const env = () => bench.environment(schema)

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 2, rowsPerDay: 30 })
  const range = ["--from", "2026-08-01", "--to", "2026-08-03"]
  expect(await runProgram(["backfill", ...range], { env: env() })).toMatchObject({ code: 0 })
})
afterAll(() => bench.close())

const serving = async <A>(
  flags: ReadonlyArray<string>,
  use: (server: ServedArchive) => Promise<A>,
  more: Readonly<Record<string, string>> = {},
): Promise<A> => {
  const server = await serveArchive(flags, { ...env(), ...more }, bench.home)
  try {
    return await use(server)
  } finally {
    server.program.kill("SIGTERM")
    await server.program.ended
  }
}

describe("serve", () => {
  it("prints its URL and nothing else on standard output, and one line of how to end it on standard error", () =>
    serving([], async ({ program, url, ask }) => {
      expect(program.printedSoFar()).toBe(`${url}/\n`)
      await expect
        .poll(program.saidSoFar)
        .toMatch(
          /^The archive in \S+ \(schema served\), to be read in a browser at the URL above; Ctrl-C ends this\.\n$/,
        )
      expect((await ask("/")).status).toBe(200)
    }))

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("ends by %s with %i, without waiting for who is still asking", async (signal, exitCode) => {
    const { program, ask } = await serveArchive([], env(), bench.home)
    await holdingEncodings(async () => {
      const asking = ask("/days/2026-08-01").catch((error: Error) => error.message)
      await expect.poll(waitingForEncodings, { timeout: 10_000 }).toBe(1)
      const before = Date.now()
      program.kill(signal)
      expect((await program.ended).code).toBe(exitCode)
      expect(Date.now() - before).toBeLessThan(5_000)
      expect(await asking).toMatch(/hang up|ECONNRESET/)
    })
  })

  it("says in one line, with 2, that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1")
    await new Promise((resolve) => other.once("listening", resolve))
    const { port } = other.address() as AddressInfo
    const { code, stdout, stderr } = await runProgram(["serve", "--port", String(port)], { env: env() })
    other.close()
    expect([code, stdout, stderr]).toEqual([
      2,
      "",
      `vodstation-etl: --port ${port}: another program listens there already, on 127.0.0.1; choose another port, or 0 for any that is free. [InvalidFlag]\n`,
    ])
  })

  it("warns who lets others reach it, and is called by addresses then, but by no name", () =>
    serving(["--host", "0.0.0.0", "--log-format", "json"], async ({ program, port, ask }) => {
      await expect.poll(() => program.saidSoFar().split("\n").length).toBe(3)
      const [warning, line] = program
        .saidSoFar()
        .trimEnd()
        .split("\n")
        .map((text) => JSON.parse(text))
      expect(warning).toMatchObject({
        level: "warn",
        message: `Whoever can reach http://0.0.0.0:${port}/ can read the archive, since there is no login; for this machine alone, leave out --host.`,
      })
      expect(line).toMatchObject({ level: "info" })
      const by = async (host: string) => (await ask("/days/2026-08-01", { headers: { host } })).status
      expect([await by("10.0.0.5:9000"), await by("evil.example")]).toEqual([200, 421])
    }))

  it("is called by the names that it is told", () =>
    serving(["--allow-host", "Reports.example.com", "--allow-host", "b.example:8443"], async ({ ask }) => {
      const hosts = ["reports.example.com", "b.example:8443", "b.example", "evil.example"]
      const answers = await Promise.all(hosts.map((host) => ask("/days/2026-08-01", { headers: { host } })))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 421, 421])
    }))

  it("asks once for all who open the same report at about the same time", () =>
    serving([], async ({ report }) => {
      const together = await Promise.all(
        ["/", "/", "/?lang=ko", "/", "/?from=2026-08-02"].map((path) => report(path)),
      )
      const [first, ...others] = together.map(({ madeAt }) => madeAt)
      expect([...others.slice(0, 3), (await report()).madeAt]).toEqual([first, first, first, first])
      expect(others[3]).not.toBe(first)
      expect(together[4]!.days.map(({ day }) => day)).toEqual(["2026-08-02"])
      await expect.poll(async () => (await report()).madeAt, { timeout: 20_000 }).not.toBe(first)
    }))

  it("tells a collector of each request, and of what was asked for it, as a part of its run", async () => {
    const collector = await startOtlpReceiver()
    const toCollector = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
    await serving([], ({ ask }) => ask("/days/2026-08-01").then(() => ask("/etc/passwd")), toCollector)
    const requests = collector.spans().filter(({ name }) => name === "GET")
    expect(
      requests.map(({ attributes }) => [attributes["url.path"], attributes["http.response.status_code"]]),
    ).toEqual([
      ["/days/2026-08-01", 200],
      ["/etc/passwd", 404],
    ])
    expect(requests.map(({ parent, failed }) => [parent?.name, failed])).toEqual([
      ["run", false],
      ["run", false],
    ])
    const reading = collector.spans().find(({ name }) => name === "readDay")
    expect(reading?.parent?.id).toBe(requests[0]!.id)
    expect(collector.text()).not.toContain(decodeURIComponent(new URL(bench.databaseUrl).password))
    await collector.close()
  })

  it("shows the days that it was started for, unless the address says others", () =>
    serving(["--from", "2026-08-02", "--lang", "ko"], async ({ report, ask }) => {
      expect((await report()).days.map(({ day }) => day)).toEqual(["2026-08-02"])
      expect((await report("/?from=2026-08-01")).days).toHaveLength(2)
      expect((await ask("/")).body).toContain('<html lang="ko">')
      expect((await ask("/?lang=en")).body).toContain('<html lang="en">')
    }))

  it("is content with a role that can only read", async () => {
    const role = `reports_${randomBytes(4).toString("hex")}`
    const granted = await runProgram(["db", "grant-readonly", role], { env: env() })
    try {
      const url = new URL(bench.databaseUrl)
      url.username = role
      url.password = /^password +(\S+)$/m.exec(granted.stdout)![1]!
      const statuses = await serving(
        [],
        async ({ ask }) => {
          const answers = await Promise.all(
            ["/", "/days/2026-08-01", "/days/2026-08-01.csv"].map((path) => ask(path)),
          )
          return answers.map(({ status }) => status)
        },
        { DATABASE_URL: url.href },
      )
      expect(statuses).toEqual([200, 200, 200])
    } finally {
      await bench.execute("public", `DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)
    }
  })

  it("says why a page cannot be read while its archive is away, and goes on when it is back", async () => {
    const relay = await startDatabaseRelay(bench.databaseUrl)
    try {
      await serving(
        [],
        async ({ ask, program }) => {
          relay.cutNext({ after: "FROM coverage", awayMs: Infinity })
          for (const path of ["/days/2026-08-01", "/", "/days/2026-08-01.csv"]) {
            const { status, body } = await ask(path)
            expect([path, status, body]).toEqual([
              path,
              503,
              expect.stringMatching(
                /^127\.0\.0\.1:\d+\/\S+ could not be read: the connection was lost \(.+\)\. Reload the page in a while\.\n$/,
              ),
            ])
          }
          await expect.poll(program.saidSoFar).toMatch(/could not be read: .* \[ArchiveFailed\]\n/)
          await relay.comeBack()
          for (const path of ["/days/2026-08-01", "/", "/days/2026-08-01.csv"])
            expect((await ask(path)).status).toBe(200)
        },
        { DATABASE_URL: relay.url },
      )
    } finally {
      await relay.close()
    }
  })

  it("stops asking when who asked has left", () =>
    serving([], ({ url }) =>
      holdingEncodings(async () => {
        const leaving = new AbortController()
        const asking = fetch(`${url}/days/2026-08-01`, { signal: leaving.signal }).catch(() => "left")
        await expect.poll(waitingForEncodings, { timeout: 10_000 }).toBe(1)
        leaving.abort()
        expect(await asking).toBe("left")
        await expect.poll(waitingForEncodings, { timeout: 10_000 }).toBe(0)
      }),
    ))

  it("stops a question that takes too long, and says so", () =>
    serving(["--timeout", "1s"], ({ ask }) =>
      holdingEncodings(async () => {
        const { status, body } = await ask("/days/2026-08-01")
        expect([status, body]).toEqual([
          503,
          expect.stringContaining(
            "could not be read: it was stopped after 1 s: ask for less, or give it more time with --timeout.",
          ),
        ])
      }),
    ))
})

/** Nobody can read `encoding` meanwhile. */
const holdingEncodings = async (use: () => Promise<void>) => {
  const name = "held by a test"
  const holding = bench.execute(
    schema,
    `SET LOCAL application_name TO '${name}'; LOCK TABLE encoding IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60)`,
  )
  const held = holding.catch(() => {})
  try {
    await expect
      .poll(() => sessions(`application_name = '${name}' AND wait_event = 'PgSleep'`), { timeout: 10_000 })
      .toBe(1)
    await use()
  } finally {
    await bench.select(
      schema,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${name}'`,
    )
    await held
  }
}

const waitingForEncodings = () => sessions("wait_event_type = 'Lock'")

const sessions = async (condition: string): Promise<number> =>
  (
    await bench.select(
      "public",
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND ${condition}`,
    )
  ).length
