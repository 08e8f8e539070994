/**
 * Joins `--from -7d` to `--from=-7d`: the CLI library takes a value that begins with a dash for another flag. So with every
 * flag, also one that is mistyped, since none of ours begins with a digit. One that follows no flag goes behind `--`, so that
 * it is not told as two flags, `-7` and `-d`.
 */
export const joinFlagValues = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const joined: Array<string> = []
  const withoutFlag: Array<string> = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!
    const value = args[index + 1]
    if (/^--[^=]+$/.test(arg) && value !== undefined && /^-\d/.test(value)) {
      joined.push(`${arg}=${value}`)
      index++
    } else if (/^-\d/.test(arg) && !args.includes("--")) withoutFlag.push(arg)
    else joined.push(arg)
  }
  return withoutFlag.length === 0 ? joined : [...joined, "--", ...withoutFlag]
}
