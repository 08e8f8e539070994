/** `--help` as it comes, from the program itself. */
import { describe, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"

const helpOf = async (...command: ReadonlyArray<string>) => (await runProgram([...command, "--help"])).stdout

describe("the help", () => {
  it.each([[[]], [["nightly"]], [["audit"]], [["export"]]])(
    "of %j can be read: nothing is wider than 110 columns",
    async (command) => {
      const lines = (await helpOf(...command)).split("\n")
      expect(lines.filter((line) => line.length > 110)).toEqual([])
      // Paragraphs stand below their heading, and examples apart from what is before them.
      expect(lines.find((line) => line.includes("Exit codes:"))).toMatch(/^ {2}Exit codes:/)
      expect(lines[lines.indexOf("EXAMPLES") - 1]).toBe("")
    },
  )

  it("goes on below the description of a flag, not below the flag", async () => {
    expect(await helpOf("nightly")).toMatch(/\n {2}--concurrency integer {4}\S.*\n {27}\S/)
  })

  it("tells on its first page only of the flags of all commands, but for those that one needs everywhere", async () => {
    expect(await helpOf()).toMatch(/\n {2}--log-level choice {4}/)
    const ofNightly = await helpOf("nightly")
    expect(ofNightly).toMatch(/\nGLOBAL FLAGS\n {2}--help, -h .*\n {2}--verbose .*\n/)
    expect(ofNightly).not.toContain("--log-level")
  })
})
