/** The shells complete what was begun, with the scripts that `--completions` prints. */
import { spawnSync } from "node:child_process"
import { beforeAll, describe, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"

const hasBash = spawnSync("bash", ["--version"]).status === 0

describe.skipIf(!hasBash)("vodstation-etl --completions bash (where there is bash)", () => {
  let script: string

  beforeAll(async () => {
    const { code, stdout, stderr } = await runProgram(["--completions", "bash"])
    expect([code, stderr]).toEqual([0, ""])
    script = stdout
  })

  const bash = (text: string) => spawnSync("bash", ["--norc", "-u", "-c", text], { encoding: "utf8" })

  /** What bash would offer for the last of the words. */
  const offered = (...words: ReadonlyArray<string>): ReadonlyArray<string> => {
    const line = ["vodstation-etl", ...words]
    const { stdout, stderr } = bash(`${script}
      COMP_WORDS=(${line.map((word) => `'${word}'`).join(" ")})
      COMP_CWORD=${words.length} COMP_LINE='${line.join(" ")}' COMP_POINT=${line.join(" ").length} COMP_TYPE=9
      # What Tab would call.
      function=$(complete -p vodstation-etl | sed -E 's/.*-F ([^ ]+).*/\\1/')
      $function vodstation-etl '${words.at(-1)}' '${line.at(-2)}'
      printf '%s\\n' "\${COMPREPLY[@]}"`)
    expect(stderr).toBe("")
    return stdout.split("\n").filter((word) => word !== "")
  }

  it("is accepted by bash", () => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" })
    expect([status, stderr]).toEqual([0, ""])
  })

  it("completes commands, flags and choices", () => {
    expect(offered("back")).toEqual(["backfill"])
    expect(offered("")).toEqual(expect.arrayContaining(["backfill", "nightly", "export", "demo"]))
    expect(offered("backfill", "--arch")).toEqual(["--archive"])
    expect(offered("backfill", "--archive", "c")).toEqual(["csv"])
  })
})

it.each(["zsh", "fish"])(
  "vodstation-etl --completions %s prints a script that knows the commands",
  async (shell) => {
    const { code, stdout, stderr } = await runProgram(["--completions", shell])
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(/backfill.*Read and load every day of a range/)
  },
)
