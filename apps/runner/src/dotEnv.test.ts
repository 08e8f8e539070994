/** The file `.env` in the current folder: what may stand in it, what comes before it, and that nothing of it leaks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startOtlpReceiver } from "./OtlpReceiver.fixture.ts"
import type { ProgramOptions } from "./runProgram.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

const range = ["--from", "2026-08-01", "--to", "2026-08-03", "--json"]
const backfill = ["backfill", ...range]
const unknownKeys = { NCLOUD_ACCESS_KEY: "UNKNOWNACCESSKEY0001", NCLOUD_SECRET_KEY: "unknown-secret-0001" }

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 2, rowsPerDay: 20 })
})
afterAll(() => bench.close())

const dotEnv = (settings: Readonly<Record<string, string>>) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("")

/** Without the settings named. */
const without = (settings: Readonly<Record<string, string>>, ...names: ReadonlyArray<string>) =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)))

const run = (file: string, options: ProgramOptions = {}, args = backfill) =>
  runProgram(args, { ...options, files: { ".env": file, ...options.files } })

const rowsIn = async (schema: string) =>
  (await bench.select(schema, "SELECT count(*)::int AS rows FROM encoding"))[0]!["rows"]

describe("a .env file", () => {
  it("may hold every setting, with quotes, blanks and comments", async () => {
    const { VODSTATION_BASE_URL, NCLOUD_ACCESS_KEY_ID, NCLOUD_SECRET_ACCESS_KEY, DATABASE_URL } =
      bench.environment("unused")
    const text = [
      "\ufeff# The archive of August",
      `export VODSTATION_BASE_URL = '${VODSTATION_BASE_URL}'`,
      `NCLOUD_ACCESS_KEY_ID=${NCLOUD_ACCESS_KEY_ID}   # of the sub account`,
      `NCLOUD_SECRET_ACCESS_KEY="${NCLOUD_SECRET_ACCESS_KEY}" # not "this"`,
      "",
      `  DATABASE_URL=\`${DATABASE_URL}\``,
      "VODSTATION_SCHEMA=from_file",
      "VODSTATION_TIMEZONE=Asia/Tokyo",
      "UNKNOWN=of another#program",
    ].join("\r\n")
    const ended = await run(text)
    expect([ended.code, ended.stderr]).toEqual([0, ""])
    expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: "complete" })
    expect(await rowsIn("from_file")).toBe(40)
    expect(
      await bench.select("from_file", "SELECT value FROM archive_setting WHERE name = 'time_zone'"),
    ).toEqual([{ value: "Asia/Tokyo" }])
  })

  it("may name the database by PG* variables", async () => {
    const url = new URL(bench.databaseUrl)
    const variables = {
      PGHOST: url.hostname,
      PGPORT: url.port,
      PGUSER: url.username,
      PGPASSWORD: `'${decodeURIComponent(url.password)}'`,
      PGDATABASE: url.pathname.slice(1),
      PGOPTIONS: "'-c application_name=from_file'",
      PGSSLMODE: "prefer",
    }
    const file = dotEnv({ ...bench.environment("by_variables"), ...variables })
      .split("\n")
      .filter((line) => !line.startsWith("DATABASE_URL"))
      .join("\n")
    const ended = await run(file)
    expect([ended.code, ended.stderr]).toEqual([0, ""])
    expect(await rowsIn("by_variables")).toBe(40)
  })

  it("may name an OpenTelemetry collector", async () => {
    const collector = await startOtlpReceiver()
    try {
      const ended = await run(`OTEL_EXPORTER_OTLP_ENDPOINT=${collector.url}\n`, {
        env: bench.environment("observed"),
      })
      expect(ended.code).toBe(0)
      expect(collector.spans().map(({ name }) => name)).toContain("run")
    } finally {
      await collector.close()
    }
  })

  it("gives way to the environment", async () => {
    const wrong = {
      VODSTATION_BASE_URL: "http://127.0.0.1:1",
      VODSTATION_SCHEMA: "of_the_file",
      DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/vod",
      NCLOUD_ACCESS_KEY_ID: "UNKNOWNACCESSKEY0001",
      NCLOUD_SECRET_ACCESS_KEY: "unknown-secret-0001",
    }
    const ended = await run(dotEnv(wrong), { env: bench.environment("of_the_environment") })
    expect([ended.code, ended.stderr]).toEqual([0, ""])
    expect(await bench.schemaExists("of_the_file")).toBe(false)
    expect(await rowsIn("of_the_environment")).toBe(40)
  })

  it("gives way to the environment where the two name the same by other names", async () => {
    // Taken name by name, the secret of one pair would meet the access key of the other, and DATABASE_URL the PG* variables.
    const { NCLOUD_ACCESS_KEY_ID, NCLOUD_SECRET_ACCESS_KEY, ...others } = bench.environment("other_names")
    const url = new URL(bench.databaseUrl)
    const environment = {
      ...without(others, "DATABASE_URL"),
      NCLOUD_ACCESS_KEY: NCLOUD_ACCESS_KEY_ID!,
      NCLOUD_SECRET_KEY: NCLOUD_SECRET_ACCESS_KEY!,
      PGHOST: url.hostname,
      PGPORT: url.port,
      PGUSER: url.username,
      PGPASSWORD: decodeURIComponent(url.password),
      PGDATABASE: url.pathname.slice(1),
    }
    const file = dotEnv({
      NCLOUD_ACCESS_KEY_ID: "UNKNOWNACCESSKEY0001",
      NCLOUD_SECRET_ACCESS_KEY: "unknown-secret-0001",
      DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/vod",
    })
    const ended = await run(file, { env: environment })
    expect([ended.code, ended.stderr]).toEqual([0, ""])
    expect(await rowsIn("other_names")).toBe(40)
  })

  it("gives way to flags", async () => {
    const { VODSTATION_BASE_URL, NCLOUD_ACCESS_KEY_ID, NCLOUD_SECRET_ACCESS_KEY } =
      bench.environment("unused")
    const file = dotEnv({ ...unknownKeys, DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/vod" })
    const configure = `[august]\nncloud_access_key_id=${NCLOUD_ACCESS_KEY_ID}\nncloud_secret_access_key=${NCLOUD_SECRET_ACCESS_KEY}\n`
    const ended = await run(
      file,
      { env: { VODSTATION_BASE_URL: VODSTATION_BASE_URL! }, files: { ".ncloud/configure": configure } },
      [...backfill, "--profile", "august", "--archive", "csv", "--out", "archive"],
    )
    expect([ended.code, ended.stderr]).toEqual([0, ""])
  })

  it("comes before ~/.ncloud/configure where no profile is asked for", async () => {
    const { VODSTATION_BASE_URL, DATABASE_URL } = bench.environment("unused")
    const ended = await run(dotEnv(unknownKeys), {
      env: { VODSTATION_BASE_URL: VODSTATION_BASE_URL!, DATABASE_URL: DATABASE_URL! },
      files: {
        ".ncloud/configure": `ncloud_access_key_id=${bench.simulator.accessKey}\nncloud_secret_access_key=${bench.simulator.secretKey}\n`,
      },
    })
    expect([ended.code, ended.stdout]).toEqual([3, ""])
    expect(ended.stderr).toMatch(/refuses access key UNKN… from NCLOUD_ACCESS_KEY in \.env: HTTP 401/)
  })

  it("is looked into for credentials, which says so where it holds none", async () => {
    const ended = await run("VODSTATION_SCHEMA=unused\n")
    expect([ended.code, ended.stdout]).toEqual([2, ""])
    expect(ended.stderr).toContain(
      "NCLOUD_SECRET_KEY), then in .env, then in profile DEFAULT of ~/.ncloud/configure.",
    )
  })
})

describe("a .env file that cannot be used is one line and exit 2:", () => {
  it("one that is a folder", async () => {
    const ended = await runProgram(backfill, {
      env: bench.environment("unused"),
      files: { ".env/file": "" },
    })
    expect([ended.code, ended.stdout]).toEqual([2, ""])
    expect(ended.stderr).toMatch(
      /^vodstation-etl: \.env: the file in the current folder cannot be read \(\w+\); make it a readable file, or move it away\. \[\w+\]\n$/,
    )
    const help = await runProgram(["backfill", "--help"], { files: { ".env/file": "" } })
    expect([help.code, help.stderr]).toEqual([0, ""])
  })

  it.runIf(process.getuid?.() === 0)(
    "one that this user may not read, unless they may not look into its folder either",
    async () => {
      const lookAsNobody = (before: string) =>
        runProgram(["check", "--archive", "csv", "--out", "/nowhere"], {
          env: {
            NODE_OPTIONS: `--import data:text/javascript,import{chmodSync}from'node:fs';${before};process.setgid(65534);process.setuid(65534)`,
            RECORD_MEMORY_IN: "/dev/null",
          },
          files: { ".env": "VODSTATION_TIMEZONE=nowhere\n" },
        })
      const closedFile = await lookAsNobody("chmodSync('.env',0);chmodSync('.',0o755)")
      expect(closedFile.code).toBe(2)
      expect(closedFile.stderr).toMatch(
        /^vodstation-etl: \.env: the file .* cannot be read \(PermissionDenied\)/,
      )
      const closedFolder = await lookAsNobody("chmodSync('.',0o700)")
      expect([closedFolder.code, closedFolder.stderr]).toEqual([0, ""])
    },
  )

  it.each([
    [
      "a password that would be cut",
      "# first\nDATABASE_URL=postgresql://me:se#cret@h/vod\n",
      "DATABASE_URL",
      2,
    ],
    ["a secret that would be nothing", "export NCLOUD_SECRET_KEY=#cret\n", "NCLOUD_SECRET_KEY", 1],
    ["one with quotes in it", `PGPASSWORD=it's#cret\n`, "PGPASSWORD", 1],
  ])("one with %s", async (_, text, name, line) => {
    const ended = await run(text, { env: bench.environment("unused") })
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([
      2,
      "",
      `vodstation-etl: .env: the # in the value of ${name} (line ${line}) would begin a comment there; put the value in quotes. [InvalidSetting]\n`,
    ])
  })

  it("one with a setting that is none, by its name", async () => {
    const ended = await run("VODSTATION_TIMEZONE=Asia/Soul\n")
    expect([ended.code, ended.stderr]).toEqual([
      2,
      "vodstation-etl: VODSTATION_TIMEZONE in .env: there is no time zone Asia/Soul; give a name like Asia/Seoul. [InvalidSetting]\n",
    ])
  })
})

describe("the secrets of a .env file", () => {
  const password = "pass-word-of-the-database"
  const proxyPassword = "pass-word-of-the-proxy"
  const secrets = () => [
    bench.simulator.secretKey,
    decodeURIComponent(new URL(bench.databaseUrl).password),
    ...[password, proxyPassword],
  ]

  it.each([
    ["are told nowhere, however much is logged", {}, 0],
    ["nor where the database refuses them", { PGPASSWORD: password }, 2],
    [
      "nor where the proxy is no proxy",
      { HTTPS_PROXY: `socks5://me:${proxyPassword}@p:1`, VODSTATION_BASE_URL: "https://gateway.test" },
      2,
    ],
  ])("%s", async (_, changes, code) => {
    const url = new URL(bench.databaseUrl)
    if ("PGPASSWORD" in changes) url.password = ""
    const file = dotEnv({ ...bench.environment("secrecy"), DATABASE_URL: url.href, ...changes })
    // Says at the end what of the file has become a part of the process's environment.
    const watch = `data:text/javascript,process.on('exit',()=>process.stderr.write('environment:'+Object.keys(process.env).filter(n=>/NCLOUD|DATABASE|PGPASS|PROXY/.test(n))+';'))`
    const ended = await run(file, { env: { NODE_OPTIONS: `--import ${watch}` } }, [
      ...[...backfill, "--refresh"],
      ...["--log-level", "all", "--log-format", "json"],
    ])
    expect(ended.code).toBe(code)
    expect(ended.stderr).toContain("environment:;")
    for (const secret of secrets()) {
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
        expect(ended.stdout + ended.stderr).not.toContain(form)
    }
  })
})
