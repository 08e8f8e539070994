/**
 * The exit code of the program, chosen here and nowhere else (README, "When things go wrong"):
 *
 * 0 every planned day proven and loaded · 2 usage or configuration · 3 the gateway refuses the credentials ·
 * 4 incomplete, running again goes on · 1 anything else · 130 or 143 interrupted
 */
import * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Exit from "effect/Exit"
import type { Outcome } from "@vodstation-etl/core/RunRecord"

/** A run that ended, and was reported, with another outcome than `complete`. */
export class RunEndedEarly extends Data.TaggedError("RunEndedEarly")<{
  readonly outcome: Exclude<Outcome, "complete">
  /** The error that ended it, if it was not a day's own. */
  readonly reason: { readonly _tag: string } | undefined
}> {}

/** `doctor` has told what does not work. */
export class DoctorFoundFaults extends Data.TaggedError("DoctorFoundFaults")<{
  /** What a run would end with. */
  readonly exitCode: number
}> {}

const usage = 2
const refused = 3
const incomplete = 4
const anythingElse = 1

const codeOfTag: Readonly<Record<string, number>> = {
  ShowHelp: usage,
  InvalidCommandLine: usage,
  InvalidBound: usage,
  InvalidFlag: usage,
  InvalidSetting: usage,
  InvalidBaseUrl: usage,
  CredentialsMissing: usage,
  CredentialsUnusable: usage,
  ArchiveUnusable: usage,
  UnknownTable: usage,
  EmbeddedPostgresError: usage,
  CredentialsRefused: refused,
  QuotaSpent: incomplete,
}

const codeOfOutcome: Readonly<Record<RunEndedEarly["outcome"], number>> = {
  incomplete,
  failed: anythingElse,
  interrupted: 130,
}

/** The code of an error that ended the program. */
export const exitCodeOfError = (error: unknown): number => {
  if (error instanceof RunEndedEarly) {
    const ofReason = error.reason === undefined ? undefined : codeOfTag[error.reason._tag]
    return ofReason ?? codeOfOutcome[error.outcome]
  }
  if (error instanceof DoctorFoundFaults) return error.exitCode
  if (isShownHelp(error)) return error.errors.length === 0 ? 0 : usage
  return (hasTag(error) ? codeOfTag[error._tag] : undefined) ?? anythingElse
}

/** The code of the whole program. `signal` is the one that interrupted it, if one did. */
export const exitCode = (
  exit: Exit.Exit<unknown, unknown>,
  signal: "SIGINT" | "SIGTERM" | undefined,
): number => {
  if (signal !== undefined) return signal === "SIGTERM" ? 143 : 130
  if (Exit.isSuccess(exit)) return 0
  if (Cause.hasInterruptsOnly(exit.cause)) return 130
  return exitCodeOfError(Cause.squash(exit.cause))
}

const hasTag = (error: unknown): error is { readonly _tag: string } =>
  typeof error === "object" && error !== null && "_tag" in error && typeof error._tag === "string"

/** `--help` ends in an error of the CLI as well, with no errors in it. */
const isShownHelp = (error: unknown): error is { readonly errors: ReadonlyArray<unknown> } =>
  hasTag(error) && error._tag === "ShowHelp" && "errors" in error && Array.isArray(error.errors)
