/** Reads `--resolution`: the width of a cell of the grid, which must divide 24 hours so that cells never drift over days. */
import * as Result from "effect/Result"

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const dayMs = 86_400_000
const examples = "Give a width like 1d, 6h, 1h, 15m or 5m"

/** Width in ms; undefined for the whole day, whatever its length. */
export const parseResolution = (text: string): Result.Result<number | undefined, string> => {
  const match = /^(\d{1,5})([smhd])$/.exec(text)
  const ms = match === null ? 0 : Number(match[1]) * unitMs[match[2]!]!
  if (ms === 0) return Result.fail(`not understood. ${examples}`)
  if (dayMs % ms !== 0) return Result.fail(`it does not divide 24 hours. ${examples}`)
  return Result.succeed(ms === dayMs ? undefined : ms)
}
