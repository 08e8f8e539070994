/**
 * What operators get wrong on the command line and in the environment, and the one line that each of them reads: it names
 * what is wrong, where, and what to do now. None of these runs asks the gateway for anything, and none writes anything.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Mistake } from "./Mistake.fixture.ts"
import { isRefused, make, usualLine } from "./Mistake.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 3, rowsPerDay: 20 })
})

afterAll(() => bench.close())

const from = (bound: string) => ["backfill", "--from", bound, "--to", "2026-08-04"]

const lookForBounds =
  "Give a date like 2021-09-12, an instant like 2021-09-12T00:00:00+09:00, epoch milliseconds, or -7d."

const noCredentials =
  "No credentials found; looked in the environment (NCLOUD_ACCESS_KEY_ID, NCLOUD_ACCESS_KEY, NCLOUD_SECRET_ACCESS_KEY, NCLOUD_SECRET_KEY), then in profile DEFAULT of ~/.ncloud/configure. Set NCLOUD_ACCESS_KEY_ID and NCLOUD_SECRET_ACCESS_KEY, or write ncloud_access_key_id and ncloud_secret_access_key into that file. A sub account with the policy NCP_VOD_STATION_VIEWER is enough."

const credentials: ReadonlyArray<Mistake> = [
  {
    it: "gave no credentials",
    env: () => ({ NCLOUD_ACCESS_KEY_ID: undefined, NCLOUD_SECRET_ACCESS_KEY: undefined }),
    says: noCredentials,
  },
  {
    it: "gave half a key pair",
    env: () => ({ NCLOUD_SECRET_ACCESS_KEY: undefined }),
    says: "The credentials from NCLOUD_ACCESS_KEY_ID cannot be used: NCLOUD_ACCESS_KEY_ID has no NCLOUD_SECRET_ACCESS_KEY beside it. Set NCLOUD_SECRET_ACCESS_KEY in the same place.",
  },
  {
    it: "named a profile of a file that is not there",
    flags: ["--profile", "nobody"],
    env: () => ({ NCLOUD_ACCESS_KEY_ID: undefined, NCLOUD_SECRET_ACCESS_KEY: undefined }),
    says: "The credentials from profile nobody of ~/.ncloud/configure cannot be used: there is no such file. Write the profile into it.",
  },
]

const range: ReadonlyArray<Mistake> = [
  {
    it: "swapped --from and --to",
    args: ["backfill", "--from", "2026-08-04", "--to", "2026-08-01"],
    says: "--from: 2026-08-04 is not before --to 2026-08-01: the range holds no day (--to is the day after the last one).",
  },
  {
    it: "took --to for the last day",
    args: from("2026-08-04"),
    says: "--from: 2026-08-04 is not before --to 2026-08-04: the range holds no day (--to is the day after the last one).",
  },
  {
    it: "gave a date that does not exist",
    args: from("2021-02-30"),
    says: `--from 2021-02-30: there is no such date. ${lookForBounds}`,
  },
  {
    it: "gave what is no date",
    args: from("yesterday"),
    says: `--from yesterday: not understood. ${lookForBounds}`,
  },
  {
    it: "left out --from",
    args: ["backfill"],
    says: "Missing required flag: --from. See vodstation-etl backfill --help.",
  },
  {
    it: "gave a width of cells that does not divide a day",
    flags: ["--resolution", "7h"],
    says: "--resolution 7h: it does not divide 24 hours. Give a width like 1d, 6h, 1h, 15m or 5m.",
  },
  {
    it: "asked for no request at once",
    flags: ["--concurrency", "0"],
    says: 'Invalid value for flag --concurrency: "0". Expected a value between 1 and 64. See vodstation-etl backfill --help.',
  },
  {
    it: "asked for smaller pages than the API has",
    flags: ["--page-size", "5"],
    says: 'Invalid value for flag --page-size: "5". Expected a value between 10 and 10000. See vodstation-etl backfill --help.',
  },
]

const nights: ReadonlyArray<Mistake> = [
  {
    it: "gave a settling time that is none",
    flags: ["--settle", "soon"],
    says: "--settle soon: not understood. Give a time like 30m, 2h, 1d or 0.",
  },
  {
    it: "gave a negative settling time",
    args: ["nightly", "--settle", "-5m"],
    says: "--settle -5m: not understood. Give a time like 30m, 2h, 1d or 0.",
  },
  {
    it: "asked the plan for a settling time of months",
    args: ["plan", "--settle", "90d"],
    says: "--settle 90d: it is longer than 30 days. Give a time like 30m, 2h, 1d or 0.",
  },
  {
    it: "would begin nights in the future",
    args: ["nightly", "--since", "2999-01-01"],
    says: "--since: 2999-01-01 lies in the future.",
  },
  {
    it: "gave no date for --since",
    args: ["plan", "--since", "soon"],
    says: `--since soon: not understood. ${lookForBounds}`,
  },
  {
    it: "gave the plan an end without a beginning",
    args: ["plan", "--to", "2026-08-04"],
    says: "--to: goes with --from.",
  },
  {
    it: "asked for a plan of both",
    args: ["plan", "--from", "2026-08-01", "--since", "-7d"],
    says: "--since: is nightly's, and --from is backfill's: give one of them.",
  },
  {
    it: "probed without credentials",
    args: ["plan", "--from", "2026-08-01", "--probe"],
    env: () => ({ NCLOUD_ACCESS_KEY_ID: undefined, NCLOUD_SECRET_ACCESS_KEY: undefined }),
    says: noCredentials,
  },
  {
    it: "audits nothing in particular",
    args: ["audit"],
    says: "Missing required flag: --from. See vodstation-etl audit --help.",
  },
]

const commandLine: ReadonlyArray<Mistake> = [
  {
    it: "misspelt a flag",
    flags: ["--page-sise", "50"],
    says: "Unrecognized flag: --page-sise in command vodstation-etl backfill. Did you mean --page-size? See vodstation-etl backfill --help.",
  },
  {
    it: "misspelt the command",
    args: ["backfil", "--from", "2026-08-01"],
    says: 'Unknown subcommand "backfil" for "vodstation-etl". Did you mean backfill? See vodstation-etl --help.',
  },
  {
    it: "misspelt a flag that takes something relative",
    args: ["backfill", "--form", "-7d"],
    says: "Unrecognized flag: --form in command vodstation-etl backfill. Did you mean --from? See vodstation-etl backfill --help.",
  },
  {
    it: "misspelt the kind of archive",
    flags: ["--archive", "postgre"],
    says: 'Invalid value for flag --archive: "postgre". Expected: "postgres" | "csv". Did you mean postgres? See vodstation-etl backfill --help.',
  },
  {
    it: "misspelt the format of log lines",
    flags: ["--log-format", "jso"],
    says: 'Invalid value for flag --log-format: "jso". Expected: "pretty" | "json". Did you mean json? See vodstation-etl backfill --help.',
  },
  {
    it: "asked for a kind of archive that there is not",
    flags: ["--archive", "oracle"],
    says: 'Invalid value for flag --archive: "oracle". Expected: "postgres" | "csv". See vodstation-etl backfill --help.',
  },
  {
    it: "asked for CSV without a folder",
    flags: ["--archive", "csv"],
    says: "--archive csv: needs --out DIR, the folder of the archive.",
  },
  {
    it: "gave a folder without asking for CSV",
    flags: ["--out", "FOLDER"],
    says: "--out: goes with --archive csv.",
  },
  {
    it: "asked the doctor about a folder without asking for CSV",
    args: ["doctor", "--out", "FOLDER"],
    says: "--out: goes with --archive csv.",
  },
  {
    it: "asked Postgres for Excel's dialect",
    flags: ["--excel"],
    says: "--excel: goes with --archive csv.",
  },
]

const grants: ReadonlyArray<Mistake> = [
  {
    it: "named a role as no role can be named plainly",
    args: ["db", "grant-readonly", "Bi-Tools"],
    says: "NAME Bi-Tools: it cannot be a role's name; give up to 63 lower-case letters, digits and underscores, not beginning with a digit or pg_.",
  },
  {
    it: "named everybody",
    args: ["db", "grant-readonly", "public"],
    says: "NAME public: it cannot be a role's name; give up to 63 lower-case letters, digits and underscores, not beginning with a digit or pg_.",
  },
  {
    it: "gave no password where one is to be taken",
    args: ["db", "grant-readonly", "bi", "--password-stdin"],
    says: "--password-stdin: there is no password on standard input; give it as the first line.",
  },
  {
    it: "wanted a password both taken and made",
    args: ["db", "grant-readonly", "bi", "--password-stdin", "--new-password"],
    says: "--new-password: makes a password, and --password-stdin takes yours: give one of them.",
  },
  {
    it: "would let a statement take no time",
    args: ["db", "grant-readonly", "bi", "--timeout", "0"],
    says: 'Invalid value for flag --timeout: "0". Expected a value between 1 and 86400. See vodstation-etl db grant-readonly --help.',
  },
  {
    it: "granted what is not there",
    args: ["db", "grant-readonly", "nobody_reads"],
    says: "DATABASE: there is no archive in schema unused yet. Make one with: vodstation-etl backfill --from -7d",
  },
]

const settings: ReadonlyArray<Mistake> = [
  {
    it: "would send keys over plain http to another machine",
    env: () => ({ VODSTATION_BASE_URL: "http://gateway.example.com" }),
    says: "VODSTATION_BASE_URL http://gateway.example.com: plain http is for this machine itself (127.0.0.1, localhost, [::1]). Give an address like https://vodstation.apigw.ntruss.com, or leave it out and choose with --site public, gov or fin.",
  },
  {
    it: "misspelt the time zone",
    env: () => ({ VODSTATION_TIMEZONE: "Asia/Soul" }),
    says: "VODSTATION_TIMEZONE: there is no time zone Asia/Soul; give a name like Asia/Seoul.",
  },
  {
    it: "named a schema as no schema can be named plainly",
    env: () => ({ VODSTATION_SCHEMA: "Vod-Station" }),
    says: "VODSTATION_SCHEMA: Vod-Station cannot be a schema's name; give up to 63 lower-case letters, digits and underscores, not beginning with a digit or pg_.",
  },
]

/** The same database, reached in another way. */
const databaseWith = (change: (url: URL) => void) => () => {
  const url = new URL(bench.databaseUrl)
  change(url)
  return { DATABASE_URL: url.href }
}

const databases: ReadonlyArray<Mistake> = [
  {
    it: "forgot to start the database",
    env: () => ({ DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/vod" }),
    says: "127.0.0.1:1/vod: nothing listens there. Start the server, or correct DATABASE_URL (or PGHOST, PGPORT).",
  },
  {
    it: "gave a wrong password",
    env: databaseWith((url) => (url.password = "wrong")),
    says: 'DATABASE: password authentication failed for user "vodstation". Correct the password in DATABASE_URL (or PGPASSWORD).',
  },
  {
    it: "named a database that does not exist",
    env: databaseWith((url) => (url.pathname = "/nowhere")),
    says: 'HOST/nowhere: database "nowhere" does not exist. Make it with createdb, or correct the database\'s name in DATABASE_URL (or PGDATABASE).',
  },
  {
    it: "gave an URL that is none",
    env: () => ({ DATABASE_URL: "postgres//me:secret@127.0.0.1/vod" }),
    says: "DATABASE_URL: it is no Postgres URL. It looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE, where @ : / ? # of a password are written %40 %3A %2F %3F %23.",
  },
]

describe.each([
  ["credentials", credentials],
  ["what to read", range],
  ["nights, plans and audits", nights],
  ["the command line", commandLine],
  ["roles that read", grants],
  ["settings", settings],
  ["the database", databases],
])("an operator who, with %s,", (_, mistakes) => {
  it.each(mistakes)("$it", async (mistake) => {
    expect(await make(bench, mistake)).toEqual(isRefused(mistake))
  })
})

it("is told nothing by these tests that a right command line would be told as well", async () => {
  const run = await runProgram([...usualLine, "--json"], { env: bench.environment("right") })
  expect([run.code, run.stderr]).toEqual([0, ""])
  expect(JSON.parse(run.stdout)).toMatchObject({ outcome: "complete" })
  expect(await bench.schemaExists("right")).toBe(true)
})
