/** What `doctor` finds out about databases, and says to do. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runProgram } from "../runProgram.fixture.ts"
import { examine, openDoctorBench, placeOf } from "./examine.fixture.ts"
import type { Workbench } from "../Workbench.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openDoctorBench()
})
afterAll(() => bench.close())

describe("a database", () => {
  it("that is not there is exit 2, with what to do", async () => {
    const { code, failed, well } = await examine(bench, {
      env: { DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/vod" },
    })
    expect([code, failed]).toEqual([
      2,
      [
        [
          "database",
          "127.0.0.1:1/vod: nothing listens there. Start the server, or correct DATABASE_URL (or PGHOST, PGPORT).",
        ],
      ],
    ])
    expect(well).toMatchObject({ signature: "accepted", windows: expect.anything() })
  })

  const asRole = (role: string, database?: string) => {
    const url = new URL(bench.databaseUrl)
    url.username = role
    url.password = "role"
    if (database !== undefined) url.pathname = `/${database}`
    return url
  }
  const makeRole = async (role: string, ...grants: ReadonlyArray<string>) => {
    await bench.execute("public", `CREATE ROLE ${role} LOGIN PASSWORD 'role'`)
    for (const grant of grants) await bench.execute("public", grant)
    return asRole(role)
  }
  const rights = async (url: URL, schema: string) => {
    const found = await examine(bench, { env: { DATABASE_URL: url.href, VODSTATION_SCHEMA: schema } })
    return [found.code, found.failed]
  }

  it("whose role may not do what loading takes is exit 2, with the statement that gives it the right", async () => {
    const name = new URL(bench.databaseUrl).pathname.slice(1)
    const [none, reader, frozen, bare] = ["none", "reader", "frozen", "bare"].map(
      (role) => `${role}_${name}`,
    ) as [string, string, string, string]
    try {
      expect(await rights(await makeRole(none), "nowhere")).toEqual([
        2,
        [
          [
            "rights",
            `${placeOf(bench)}: there is no schema nowhere, and role ${none} may not make one. Have the database's owner run: CREATE SCHEMA "nowhere" AUTHORIZATION "${none}".`,
          ],
        ],
      ])
      await runProgram(["backfill", "--from", "-0d"], { env: bench.environment("read_only") })
      const url = await makeRole(
        reader,
        `GRANT USAGE ON SCHEMA read_only TO ${reader}`,
        `GRANT SELECT ON ALL TABLES IN SCHEMA read_only TO ${reader}`,
      )
      expect(await rights(url, "read_only")).toEqual([
        2,
        [
          [
            "rights",
            `${placeOf(bench)}: role ${reader} may not make tables in schema read_only. Use the role that owns it, or have that one run: GRANT USAGE, CREATE ON SCHEMA "read_only" TO "${reader}".`,
          ],
        ],
      ])
      await bench.execute("public", `GRANT CREATE ON SCHEMA read_only TO ${reader}`)
      expect(await rights(url, "read_only")).toEqual([
        2,
        [
          [
            "rights",
            `${placeOf(bench)}: role ${reader} may not write to archive_migration, archive_setting, encoding in schema read_only. Use the role that made the archive.`,
          ],
        ],
      ])
      const still = await makeRole(frozen, `ALTER ROLE ${frozen} SET default_transaction_read_only TO on`)
      expect(await rights(still, "nowhere")).toEqual([
        2,
        [
          [
            "rights",
            `${placeOf(bench)}: it is read-only, a standby perhaps, or role ${frozen} is (default_transaction_read_only). Use the primary server, or another role.`,
          ],
        ],
      ])
      const poor = await makeRole(bare, `REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`)
      expect(await rights(poor, "nowhere")).toEqual([
        2,
        [
          [
            "rights",
            `${placeOf(bench)}: role ${bare} may not make temporary tables. Have the database's owner run: GRANT TEMPORARY ON DATABASE "${name}" TO "${bare}".`,
          ],
        ],
      ])
    } finally {
      await bench.execute("public", `GRANT TEMPORARY ON DATABASE ${name} TO PUBLIC`)
      for (const role of [none, reader, frozen, bare])
        await bench.execute(
          "public",
          `DO $$ BEGIN DROP OWNED BY ${role}; DROP ROLE ${role}; EXCEPTION WHEN undefined_object THEN NULL; END $$`,
        )
    }
  })

  it("of another encoding is exit 2, with how to make one", async () => {
    const name = `ascii_${new URL(bench.databaseUrl).pathname.slice(1)}`
    const command = (sql: string) => bench.outsideTransaction(sql)
    await command(`CREATE DATABASE ${name} ENCODING SQL_ASCII LOCALE 'C' TEMPLATE template0`)
    try {
      const url = new URL(bench.databaseUrl)
      url.pathname = `/${name}`
      const { code, failed } = await examine(bench, { env: { DATABASE_URL: url.href } })
      expect([code, failed]).toEqual([
        2,
        [
          [
            "database",
            `${url.host}/${name}: the database's encoding is SQL_ASCII, which cannot hold every name. Make one with: createdb --encoding UTF8 --template template0 NAME.`,
          ],
        ],
      ])
    } finally {
      await command(`DROP DATABASE ${name} WITH (FORCE)`)
    }
  })

  it("whose archive is of another time zone or host is exit 2", async () => {
    await runProgram(["backfill", "--from", "-0d"], { env: bench.environment("korean") })
    const zone = await examine(bench, {
      env: { VODSTATION_SCHEMA: "korean", VODSTATION_TIMEZONE: "Europe/Berlin" },
    })
    expect([zone.code, zone.failed]).toEqual([
      2,
      [
        [
          "archive",
          `${placeOf(bench)}: the archive in schema korean was made with time zone Asia/Seoul, not Europe/Berlin. Unset VODSTATION_TIMEZONE, or choose another schema with VODSTATION_SCHEMA for another archive.`,
        ],
      ],
    ])
    await bench.execute("korean", "UPDATE archive_setting SET value = 'elsewhere.test' WHERE name = 'host'")
    const host = await examine(bench, { env: { VODSTATION_SCHEMA: "korean" } })
    expect([host.code, host.failed]).toEqual([
      2,
      [
        [
          "archive",
          expect.stringContaining(
            "the archive in schema korean is filled from elsewhere.test, not 127.0.0.1.",
          ),
        ],
      ],
    ])
  })
})
