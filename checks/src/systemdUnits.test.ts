import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readProjectFile, root } from "./projectFiles.fixture.ts"

const units = join(root, "deploy/systemd")
const systemUnits = "/usr/lib/systemd/system"
const missing = spawnSync("systemd-analyze", ["--version"]).status !== 0

let machine: string

const analyze = (...args: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync("systemd-analyze", args, { encoding: "utf8" })
  return { status, said: stdout + stderr }
}

beforeAll(() => {
  machine = mkdtempSync(join(tmpdir(), "vodstation-systemd-"))
})

afterAll(() => rmSync(machine, { recursive: true, force: true }))

describe.skipIf(missing)("units of systemd (skipped where systemd-analyze is missing)", () => {
  beforeAll(() => {
    cpSync(systemUnits, join(machine, systemUnits), { recursive: true })
    const own = join(machine, "etc/systemd/system")
    mkdirSync(own, { recursive: true })
    for (const file of readdirSync(units).filter((name) => /\.(service|timer)$/.test(name)))
      cpSync(join(units, file), join(own, file))
    const program = join(machine, "opt/vodstation-etl")
    for (const folder of ["node_modules/.bin", "deploy/systemd"])
      mkdirSync(join(program, folder), { recursive: true })
    cpSync(process.execPath, join(program, "node_modules/.bin/node"))
    cpSync(join(units, "tell-failure"), join(program, "deploy/systemd/tell-failure"))
  })

  it.each([
    "vodstation-nightly@main.service",
    "vodstation-nightly@main.timer",
    "vodstation-failed@x.service",
  ])("%s is understood by systemd, down to the programs that it starts", (unit) => {
    expect(analyze("verify", `--root=${machine}`, unit)).toEqual({ status: 0, said: "" })
  })

  it("leave the program little to do harm with", () => {
    const unit = "vodstation-nightly@main.service"
    const { said } = analyze("security", "--offline=true", `--root=${machine}`, unit)
    expect(Number(/Overall exposure level .*: ([\d.]+)/.exec(said)?.[1])).toBeLessThanOrEqual(2)
  })

  it("start at a time that systemd knows", () => {
    const time = /^OnCalendar=(.*)$/m.exec(readProjectFile("deploy/systemd/vodstation-nightly@.timer"))?.[1]
    expect(analyze("calendar", time!)).toMatchObject({ status: 0 })
  })
})

describe("the message that a night failed", () => {
  const tell = (env: Readonly<Record<string, string>>) => {
    const programs = mkdtempSync(join(machine, "programs-"))
    const program = (name: string, script: string) =>
      writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    program("systemctl", 'test "$*" = "show --property=ExecMainStatus --value night.service" && echo 4')
    program(
      "journalctl",
      'case "$*" in *--unit=night.service*) echo "2026-08-01 was not read: 100 % of it" ;; esac',
    )
    program("sendmail", `cat > "${programs}/mail"; echo "$@" > "${programs}/arguments"`)
    const { status, stdout } = spawnSync(join(units, "tell-failure"), ["night.service"], {
      env: { PATH: `${programs}:${process.env["PATH"]}`, ...env },
      encoding: "utf8",
    })
    const mail = spawnSync("cat", [join(programs, "arguments"), join(programs, "mail")], { encoding: "utf8" })
    return { status, stdout, mail: mail.stdout }
  }

  it("is in the journal: which night, its exit code, and its last lines", () => {
    const { status, stdout, mail } = tell({})
    expect(status).toBe(0)
    expect(stdout).toMatch(/^night\.service on \S+ ended with exit code 4\./)
    expect(stdout).toContain("2026-08-01 was not read: 100 % of it")
    expect(mail).toBe("")
  })

  it("is mailed to whom it may concern", () => {
    const { status, stdout, mail } = tell({ VODSTATION_MAIL_TO: "nights@example.com" })
    expect(status).toBe(0)
    expect(mail).toBe(
      `-t\nTo: nights@example.com\nSubject: night.service failed with exit code 4\nContent-Type: text/plain; charset=utf-8\n\n${stdout}`,
    )
  })
})
