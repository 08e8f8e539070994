/** `--from -7d` means what it says, although the CLI library would take `-7d` for a flag. */
import { describe, expect, it } from "vitest"
import { joinFlagValues } from "./joinFlagValues.ts"

describe("joinFlagValues", () => {
  it.each([
    [
      ["backfill", "--from", "-7d"],
      ["backfill", "--from=-7d"],
    ],
    [
      ["backfill", "--from", "-2w", "--to", "-1d", "--json"],
      ["backfill", "--from=-2w", "--to=-1d", "--json"],
    ],
    [
      ["nightly", "--since", "-30d"],
      ["nightly", "--since=-30d"],
    ],
    [
      ["backfill", "--form", "-30d"],
      ["backfill", "--form=-30d"],
    ],
  ])("joins a bound before now to its flag: %j", (args, joined) => {
    expect(joinFlagValues(args)).toEqual(joined)
  })

  it.each([
    [[]],
    [["backfill", "--from"]],
    [["backfill", "--from", "2021-09-12", "--to", "now"]],
    [["backfill", "--from", "--json"]],
    [["backfill", "--from=-7d"]],
    [["export", "encoding", "--out", "-", "--from", "2021-09-12"]],
    [["export", "--out", "x.csv", "--", "-7d"]],
  ])("leaves everything else as it is: %j", (args) => {
    expect(joinFlagValues(args)).toEqual(args)
  })

  it("puts a bound without its flag where no flag is looked for", () => {
    expect(joinFlagValues(["backfill", "-7d", "--json"])).toEqual(["backfill", "--json", "--", "-7d"])
  })
})
