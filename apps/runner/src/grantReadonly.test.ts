/** `db grant-readonly` as its user finds it: what is printed, once, and what can be done with it. */
import { spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { emptyEnvironment, programUnderTest, runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
const schema = "granted"
const range = ["--from", "2026-08-01", "--to", "2026-08-02"]

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 1, rowsPerDay: 5, stuckShare: 0 })
  const { code } = await runProgram(["backfill", ...range], { env: bench.environment(schema) })
  expect(code).toBe(0)
})

afterAll(() => bench.close())

let role: string

// Roles are the server's, and not the database's.
beforeEach(() => {
  role = `bi_${randomBytes(6).toString("hex")}`
})

afterEach(() => bench.execute("public", `DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`))

const grant = (flags: ReadonlyArray<string> = [], input?: string) =>
  runProgram(["db", "grant-readonly", role, ...flags], {
    env: bench.environment(schema),
    ...(input === undefined ? {} : { input }),
  })

/** What the program ends with as that role. */
const runAs = (password: string, ...args: ReadonlyArray<string>) => {
  const url = new URL(bench.databaseUrl)
  url.username = role
  url.password = encodeURIComponent(password)
  return runProgram(args, { env: { ...bench.environment(schema), DATABASE_URL: url.href } })
}

const reads = async (password: string) =>
  (await runAs(password, "export", "daily_outcome", "--out", "-")).stdout.split("\n").length

describe("vodstation-etl db grant-readonly", () => {
  it("prints what a BI tool asks for, with a password that reads and does nothing else", async () => {
    const { code, stdout, stderr } = await grant()
    expect(code).toBe(0)
    const { hostname, port, pathname } = new URL(bench.databaseUrl)
    const lines = stdout.split("\n")
    expect(lines.slice(0, 5)).toEqual([
      `host      ${hostname}`,
      `port      ${port}`,
      `database  ${pathname.slice(1)}`,
      `schema    ${schema}`,
      `user      ${role}`,
    ])
    expect(lines.slice(5)).toEqual([expect.stringMatching(/^password {2}[\w-]{32}$/), ""])
    const password = lines[5]!.slice(10)
    expect(stderr).toBe(
      `Role ${role} was made: it reads all of schema ${schema} and can change nothing.\n` +
        "Keep the password now: it is not shown again.\n" +
        `It may make temporary tables, as every role of this database may; to end that: REVOKE TEMPORARY ON DATABASE "${pathname.slice(1)}" FROM PUBLIC\n`,
    )
    expect(await reads(password)).toBe(3)
    const writing = await runAs(password, "backfill", ...range, "--refresh")
    expect([writing.code, writing.stderr]).toEqual([2, expect.stringContaining("is read-only")])
  })

  it("shows no password again, and makes another when told to", async () => {
    const first = JSON.parse((await grant(["--json"])).stdout) as Record<string, string>
    expect(first).toMatchObject({ command: "db grant-readonly", schema, user: role })
    const again = await grant()
    expect([again.code, again.stdout.includes("password")]).toEqual([0, false])
    expect(again.stdout + again.stderr).not.toContain(first["password"])
    expect(again.stderr).toContain(
      `Role ${role} was there, and its rights are renewed: it reads all of schema ${schema} and can change nothing.\nIts password is the one it had; --new-password makes another.\n`,
    )
    expect(await reads(first["password"]!)).toBe(3)

    const renewed = JSON.parse((await grant(["--new-password", "--json"])).stdout) as Record<string, string>
    expect(renewed["password"]).not.toBe(first["password"])
    expect(await reads(renewed["password"]!)).toBe(3)
    expect((await runAs(first["password"]!, "status")).code).toBe(2)
  })

  it("takes a password from standard input, of a role that is new and of one that is there", async () => {
    for (const password of ["it's a 100% secret", "another: secret"]) {
      const { code, stdout, stderr } = await grant(["--password-stdin"], `${password}\nmore`)
      expect(code).toBe(0)
      expect(stdout + stderr).not.toContain(password)
      expect(stdout).not.toContain("password")
      expect(await reads(password)).toBe(3)
    }
    for (const unusable of ["\n", "비밀번호비밀번호\n"]) {
      const { code, stdout, stderr } = await grant(["--password-stdin"], unusable)
      expect([code, stdout]).toEqual([2, ""])
      expect(stderr).toMatch(
        /^vodstation-etl: --password-stdin: the(re is no)? password .*\. \[InvalidFlag\]\n$/,
      )
    }
    expect(await reads("another: secret")).toBe(3)
  })

  const hasScript = spawnSync("script", ["--version"]).status === 0
  it.skipIf(!hasScript)(
    "asks for it in a terminal, and does not show it (where there is script)",
    async () => {
      const command = `'${process.execPath}' '${programUnderTest}' db grant-readonly ${role} --password-stdin`
      const terminal = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
        env: { ...emptyEnvironment(bench.home), ...bench.environment(schema), SHELL: "/bin/sh" },
        stdio: ["pipe", "pipe", "ignore"],
        timeout: 60_000,
      })
      let shown = ""
      terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
        shown += text
        // Two keys are typed wrong and taken back.
        if (shown.endsWith(`Password for role ${role}: `))
          terminal.stdin.write("typed inxy\u007F\u007F secret\r")
      })
      const code = await new Promise((resolve) => terminal.on("close", resolve))
      expect([code, shown]).toEqual([0, expect.stringContaining(`user      ${role}`)])
      expect(shown).not.toContain("typed")
      expect(await reads("typed in secret")).toBe(3)
    },
  )
})
