/** docs/errors.md tells of every error that there is, and of no other. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { exitCodeOfError } from "./exitCode.ts"

const root = join(import.meta.dirname, "../../..")
const page = readFileSync(join(root, "docs/errors.md"), "utf8")

/** Heading to text below it. */
const entries = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((entry) => {
      const [name, ...text] = entry.split(/^## /m)[0]!.split("\n")
      return [name!.trim(), text.join("\n").trim()] as const
    }),
)

const sources = globSync(["{packages,apps}/*/src/**/*.ts", "bench/src/**/*.ts"], { cwd: root })
  .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
  .map((file) => readFileSync(join(root, file), "utf8"))

const namesIn = (pattern: RegExp) =>
  new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, name]) => name!)))

const errors = namesIn(/TaggedError(?:<\w+>\(\))?\(\s*"(\w+)"/g)
// Of days: `error: "DayShrunk"` in a report, `"NotReadYet: …"` in the ledger.
const problems = new Set([...namesIn(/ error: "(\w+)"/g), ...namesIn(/ = "([A-Z]\w+): /g)])

describe("docs/errors.md", () => {
  it("is held against what is really there", () => {
    expect(errors.size).toBeGreaterThan(25)
    expect(errors).toContain("CredentialsMissing")
    expect(errors).toContain("EmbeddedPostgresError")
    expect(problems).toContain("DayShrunk")
    expect(problems).toContain("NotReadYet")
  })

  it.each([...errors, ...problems].toSorted())("tells of %s", (name) => {
    expect([...entries.keys()]).toContain(name)
  })

  it.each([...entries.keys()])("tells of %s, which there is", (name) => {
    expect([...errors, ...problems]).toContain(name)
  })

  it.each([...entries].filter(([, text]) => !text.startsWith("*Inside.*")))(
    "says of %s what helps against it",
    (_, text) => {
      expect(text).toMatch(/\*\*Cure:\*\* \S/)
    },
  )

  it.each([...entries].filter(([, text]) => text.startsWith("*Exit")))(
    "says with which code %s ends the program",
    (name, text) => {
      expect(Number(/^\*Exit (\d)/.exec(text)?.[1])).toBe(exitCodeOfError({ _tag: name }))
    },
  )
})
