/** Which way of ending means which exit code (README, "When things go wrong"). */
import { Cause, Exit } from "effect"
import { describe, expect, it } from "vitest"
import { exitCode, exitCodeOfError, RunEndedEarly } from "./exitCode.ts"

const tagged = (_tag: string) => ({ _tag })

describe("exitCodeOfError", () => {
  it.each([
    ["InvalidBound", 2],
    ["InvalidFlag", 2],
    ["InvalidSetting", 2],
    ["InvalidBaseUrl", 2],
    ["CredentialsMissing", 2],
    ["CredentialsUnusable", 2],
    ["ArchiveUnusable", 2],
    ["EmbeddedPostgresError", 2],
    ["CredentialsRefused", 3],
    ["QuotaSpent", 4],
    ["ArchiveFailed", 1],
    ["NetworkFailed", 1],
    ["SomethingNew", 1],
  ])("of %s is %i", (tag, code) => {
    expect(exitCodeOfError(tagged(tag))).toBe(code)
  })

  it.each([undefined, null, "text", 7, new Error("none of ours"), {}])(
    "of %s, none of ours, is 1",
    (error) => {
      expect(exitCodeOfError(error)).toBe(1)
    },
  )

  it("of shown help is 0 where it was asked for, and 2 where a mistake brought it up", () => {
    expect(exitCodeOfError({ _tag: "ShowHelp", errors: [] })).toBe(0)
    expect(exitCodeOfError({ _tag: "ShowHelp", errors: [new Error("unknown flag")] })).toBe(2)
  })

  it.each([
    ["incomplete", undefined, 4],
    ["incomplete", "QuotaSpent", 4],
    ["failed", "CredentialsRefused", 3],
    ["failed", "CredentialsUnusable", 2],
    ["failed", "ArchiveFailed", 1],
    ["failed", undefined, 1],
    ["interrupted", undefined, 130],
  ] as const)("of a run that ended %s by %s is %i", (outcome, tag, code) => {
    const reason = tag === undefined ? undefined : tagged(tag)
    expect(exitCodeOfError(new RunEndedEarly({ outcome, reason }))).toBe(code)
  })
})

describe("exitCode", () => {
  it("is 0 for success", () => {
    expect(exitCode(Exit.void, undefined)).toBe(0)
  })

  it("is that of the error for failure", () => {
    expect(exitCode(Exit.fail(tagged("CredentialsRefused")), undefined)).toBe(3)
  })

  it("is 1 for a mistake in the program", () => {
    expect(exitCode(Exit.die(new Error("mistake")), undefined)).toBe(1)
  })

  it("is that of the signal, whatever the program made of it", () => {
    for (const exit of [Exit.void, Exit.fail(tagged("ArchiveFailed")), Exit.failCause(Cause.interrupt(1))]) {
      expect(exitCode(exit, "SIGINT")).toBe(130)
      expect(exitCode(exit, "SIGTERM")).toBe(143)
    }
  })

  it("is 130 for an interruption that no signal explains", () => {
    expect(exitCode(Exit.failCause(Cause.interrupt(1)), undefined)).toBe(130)
  })
})
