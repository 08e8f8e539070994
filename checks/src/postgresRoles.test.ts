import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { openWorkbench, type Workbench } from "@vodstation-etl/runner/Workbench.fixture"
import { runProgram } from "@vodstation-etl/runner/runProgram.fixture"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readProjectFile, root } from "./projectFiles.fixture.ts"

const missing = spawnSync("psql", ["--version"]).status !== 0
const schema = "vodstation"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({
    firstDay: "2026-08-01",
    days: 2,
    rowsPerDay: 20,
    stuckShare: 0,
    looseness: 0,
  })
})

afterAll(async () => {
  for (const role of ["vodstation_writer", "vodstation_reader"]) {
    const exists = await bench.select("public", `SELECT 1 FROM pg_roles WHERE rolname = '${role}'`)
    if (exists.length > 0) await bench.execute("public", `DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)
  }
  psql(bench.databaseUrl, "--command=DROP DATABASE IF EXISTS metabase")
  await bench.close()
})

const urlOf = (role: string, password: string): string => {
  const url = new URL(bench.databaseUrl)
  url.username = role
  url.password = password
  return url.href
}

const psql = (url: string, ...args: ReadonlyArray<string>) => {
  const flags = ["--no-psqlrc", "--tuples-only", "--no-align", url, ...args]
  const { status, stdout, stderr } = spawnSync("psql", flags, { encoding: "utf8" })
  return { status, said: (stdout + stderr).trim() }
}

describe.skipIf(missing)("make-roles.sh and roles.sql (skipped where psql is missing)", () => {
  it("make a role that the program loads with, and one that only reads", async () => {
    const { hostname, port, username, password, pathname } = new URL(bench.databaseUrl)
    // As the image of Postgres runs it, but for where the other file is.
    const script = readProjectFile("deploy/postgres/make-roles.sh")
    const made = spawnSync(
      "sh",
      ["-c", script.replace("/deploy/roles.sql", join(root, "deploy/postgres/roles.sql"))],
      {
        env: {
          PATH: process.env["PATH"],
          PGHOST: hostname,
          PGPORT: port,
          PGPASSWORD: decodeURIComponent(password),
          POSTGRES_USER: username,
          POSTGRES_DB: pathname.slice(1),
          WRITER_PASSWORD: "it's",
          READER_PASSWORD: "read",
        },
        encoding: "utf8",
      },
    )
    expect(made).toMatchObject({ status: 0, stderr: "" })

    const run = await runProgram(["backfill", "--from", "2026-08-01", "--to", "2026-08-03", "--json"], {
      env: { ...bench.environment(schema), DATABASE_URL: urlOf("vodstation_writer", "it's") },
    })
    expect([run.code, run.stderr]).toEqual([0, expect.anything()])

    const reader = urlOf("vodstation_reader", "read")
    // Tables and views that the first run made, after the role; without their schema's name, as BI tools ask.
    expect(psql(reader, "--command=SELECT count(*) FROM encoding")).toEqual({ status: 0, said: "40" })
    expect(psql(reader, "--command=SELECT count(*) > 0 FROM daily_outcome")).toEqual({ status: 0, said: "t" })
    for (const command of ["DELETE FROM encoding", "CREATE TEMPORARY TABLE t ()", "CREATE TABLE t ()"])
      expect(psql(reader, `--command=${command}`)).toMatchObject({
        status: 1,
        said: expect.stringContaining("permission denied"),
      })
  })
})
