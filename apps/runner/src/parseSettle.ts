/** Reads `--settle`: how long after its end a day may still gain rows, and so stays open. */
import * as Duration from "effect/Duration"
import * as Result from "effect/Result"

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const longest = Duration.days(30)
const examples = "Give a time like 30m, 2h, 1d or 0"

export const parseSettle = (text: string): Result.Result<Duration.Duration, string> => {
  if (text === "0") return Result.succeed(Duration.zero)
  const match = /^(\d{1,7})([smhd])$/.exec(text)
  if (match === null) return Result.fail(`not understood. ${examples}`)
  const settle = Duration.millis(Number(match[1]) * unitMs[match[2]!]!)
  return Duration.isGreaterThan(settle, longest)
    ? Result.fail(`it is longer than 30 days. ${examples}`)
    : Result.succeed(settle)
}
