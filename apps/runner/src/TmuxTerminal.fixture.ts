/** A terminal of tmux, for the pictures of docs/pictures: a shell in it is typed to, and what it shows is taken. */
import { execFileSync } from "node:child_process"
import { setTimeout as delay } from "node:timers/promises"
import { stripVTControlCharacters } from "node:util"

export const prompt = "$ "

const patienceMs = 120_000

export class TmuxTerminal {
  private readonly socket: string

  /** @param env all that the shell finds in its environment */
  constructor(columns: number, folder: string, env: Readonly<Record<string, string>>) {
    // A server of its own, so that it is nobody's session, and has nobody's settings.
    this.socket = `vodstation-pictures-${process.pid}-${columns}`
    const settings = Object.entries({ ...env, PS1: prompt }).map(([name, value]) => `${name}=${value}`)
    // Taller than anything that is shown, so that nothing scrolls away.
    const size = ["-x", String(columns), "-y", "150"]
    const shell = ["env", "-i", ...settings, "TERM=tmux-256color", "bash", "--norc", "--noprofile"]
    this.tmux("-f", "/dev/null", "new-session", "-d", ...size, "-c", folder, ...shell)
  }

  type(line: string): void {
    this.tmux("send-keys", "-l", line)
    this.tmux("send-keys", "Enter")
  }

  interrupt(): void {
    this.tmux("send-keys", "C-c")
  }

  clear(): void {
    this.tmux("send-keys", "C-l")
  }

  /** What is shown, with the escape sequences that give it its colours. */
  shown(): string {
    return this.tmux("capture-pane", "-e", "-p").trimEnd()
  }

  /** Waits until what is shown is as asked for. */
  async until(isThere: (text: string) => boolean): Promise<string> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      const shown = this.shown()
      if (isThere(stripVTControlCharacters(shown))) return shown
      if (Date.now() > deadline) throw new Error(`This is all that came in ${patienceMs} ms:\n${shown}`)
      await delay(30)
    }
  }

  /** Types a line, and waits until the shell asks for the next one. */
  async run(line: string): Promise<void> {
    const before = promptsIn(stripVTControlCharacters(this.shown()))
    this.type(line)
    await this.untilPrompt(before)
  }

  /** Waits until the shell asks for more. @param before prompts that were there already */
  async untilPrompt(before: number): Promise<void> {
    await this.until((text) => promptsIn(text) > before && text.endsWith(`\n${prompt.trimEnd()}`))
  }

  close(): void {
    this.tmux("kill-server")
  }

  private tmux(...args: ReadonlyArray<string>): string {
    return execFileSync("tmux", ["-u", "-L", this.socket, ...args], { encoding: "utf8" })
  }
}

const promptsIn = (text: string): number => text.split("\n").filter((line) => /^\$( |$)/.test(line)).length
