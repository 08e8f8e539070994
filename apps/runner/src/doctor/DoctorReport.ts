/** What `doctor` has found, as an object for programs and as a list for people. Pure. */
import wrapAnsi from "wrap-ansi"
import { exitCodeOfError } from "../exitCode.ts"
import type { Check } from "./Check.ts"
import type { ShownSetting } from "./settingsChecks.ts"

export const groups = ["settings", "gateway", "archive", "machine"] as const
export type Group = (typeof groups)[number]

export interface DoctorReport {
  readonly command: "doctor"
  readonly outcome: "ok" | "warnings" | "failed"
  /** What the program ends with. */
  readonly exitCode: number
  readonly settings: ReadonlyArray<ShownSetting>
  readonly checks: ReadonlyArray<{
    readonly group: Group
    readonly name: string
    readonly state: Check["state"]
    readonly says: string
    /** The kind of a failure, such as `CredentialsRefused`; else null. */
    readonly error: string | null
  }>
  /** Asked of the gateway. */
  readonly requests: number
}

export const doctorReport = (
  found: Readonly<Record<Group, ReadonlyArray<Check>>>,
  settings: ReadonlyArray<ShownSetting>,
  requests: number,
): DoctorReport => {
  const checks = groups.flatMap((group) => found[group].map((check) => ({ group, ...check })))
  const firstFault = checks.find(({ fault }) => fault !== undefined)?.fault
  const hasWarnings = checks.some(({ state }) => state === "warning")
  return {
    command: "doctor",
    outcome: firstFault !== undefined ? "failed" : hasWarnings ? "warnings" : "ok",
    exitCode: firstFault === undefined ? 0 : exitCodeOfError(firstFault),
    settings,
    checks: checks.map(({ group, name, state, says, fault }) => ({
      ...{ group, name, state, says },
      error: fault?._tag ?? null,
    })),
    requests,
  }
}

/** Colours a mark, or leaves it as it is. */
export type Paint = (colour: "green" | "yellow" | "red" | "dim", text: string) => string

const marks = {
  ok: ["green", "✓"],
  warning: ["yellow", "!"],
  failed: ["red", "✗"],
  skipped: ["dim", "-"],
} as const

const columns = 80
const indent = 17

export const doctorInWords = (report: DoctorReport, paint: Paint): string => {
  const lineOf = ({ name, state, says }: DoctorReport["checks"][number]) => {
    const [colour, mark] = marks[state]
    const text = wrapAnsi(says, columns - indent).replaceAll("\n", `\n${" ".repeat(indent)}`)
    return `  ${paint(colour, mark)} ${name.padEnd(indent - 4)}${text}`
  }
  const listed = groups.flatMap((group) => {
    const checks = report.checks.filter((check) => check.group === group)
    return checks.length === 0 ? [] : [titles[group], ...checks.map(lineOf), ""]
  })
  return [...listed, verdict(report)].join("\n")
}

const titles: Readonly<Record<Group, string>> = {
  settings: "Settings",
  gateway: "Gateway",
  archive: "Archive",
  machine: "This machine",
}

const verdict = ({ checks }: DoctorReport): string => {
  const count = (state: Check["state"]) => checks.filter((check) => check.state === state).length
  const [bad, doubtful] = [count("failed"), count("warning")]
  const warnings = doubtful === 1 ? "1 warning" : `${doubtful} warnings`
  if (bad === 0) return doubtful === 0 ? "All is well." : `All works; ${warnings}.`
  return [
    `${bad} of ${checks.length} checks failed${doubtful === 0 ? "" : `; ${warnings}`}.`,
    "Put right what is marked ✗, the first one first, and run doctor again.",
  ].join("\n")
}
