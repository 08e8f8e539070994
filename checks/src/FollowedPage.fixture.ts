/** For tests: the commands of a page, and a reader who types them, word for word, with the program by its name. */
import { execFile } from "node:child_process"
import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import { emptyEnvironment, programUnderTest } from "@vodstation-etl/runner/runProgram.fixture"
import { lexer } from "marked"
import { readProjectFile } from "./projectFiles.fixture.ts"

/** The blocks of a page in a language, in order. */
export const blocksOf = (page: string, language: string): ReadonlyArray<string> =>
  lexer(readProjectFile(page)).flatMap((token) =>
    token.type === "code" && token["lang"] === language ? [token["text"]] : [],
  )

/** Runs commands in the reader's home; fails where one of them does. */
export type Follow = (
  commands: string,
  env: Readonly<Record<string, string>>,
) => Promise<{ readonly stdout: string; readonly stderr: string }>

/** @param home a folder that is the reader's home */
export const readerIn = (home: string): Follow => {
  const programs = join(home, "bin")
  mkdirSync(programs)
  const program = join(programs, "vodstation-etl")
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${programUnderTest}" "$@"\n`)
  chmodSync(program, 0o755)
  const path = [programs, process.env["PATH"]].join(delimiter)
  return (commands, env) =>
    promisify(execFile)("bash", ["-o", "pipefail", "-ec", commands], {
      cwd: home,
      timeout: 120_000,
      env: { ...emptyEnvironment(home), PATH: path, ...env },
    })
}
