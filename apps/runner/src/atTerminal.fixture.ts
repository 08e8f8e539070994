/** For tests: the program at a real terminal (a pseudo-terminal that `script` opens), as somebody in front of it sees it. */
import { spawn, spawnSync } from "node:child_process"
import { emptyEnvironment, programUnderTest } from "./runProgram.fixture.ts"
import { Terminal } from "./Terminal.fixture.ts"

export const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0

export interface SeenAtTerminal {
  /** The terminal while the program ran, whenever it changed. */
  readonly seen: ReadonlyArray<string>
  /** The lines in the end. */
  readonly lines: ReadonlyArray<string>
  /** Nothing had a colour or was faint. */
  readonly isPlain: boolean
}

/** @param line what is typed after the program's name. @param env what it finds beside what every program does */
export const runAtTerminal = async (
  columns: number,
  line: string,
  home: string,
  env: Readonly<Record<string, string>>,
): Promise<SeenAtTerminal> => {
  const terminal = new Terminal(columns)
  const command = `stty cols ${columns} rows 24; exec "${process.execPath}" "${programUnderTest}" ${line}`
  const child = spawn("script", ["-qefc", command, "/dev/null"], {
    env: { ...emptyEnvironment(home), TERM: "xterm-256color", ...env },
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 60_000,
  })
  const seen: Array<string> = []
  let isPlain = true
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    terminal.screen.write(chunk)
    seen.push((await terminal.lines()).join("\n"))
    isPlain &&= await terminal.isPlain()
  }
  return { seen, isPlain, lines: await terminal.lines() }
}
