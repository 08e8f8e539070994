/** A terminal without a window: shows what somebody in front of one would see, for tests. */
import { PassThrough } from "node:stream"
import { WriteStream } from "node:tty"
import xterm from "@xterm/headless"

export class Terminal {
  private readonly terminal: InstanceType<typeof xterm.Terminal>
  /** What writes to the terminal, as `process.stderr` would. */
  readonly screen: PassThrough & { readonly isTTY: true; columns: number }

  constructor(columns: number, rows = 24) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
    this.screen = Object.assign(new PassThrough({ encoding: "utf8" }), {
      isTTY: true as const,
      columns,
      // As a real one: from TERM, NO_COLOR and the like.
      getColorDepth: () => WriteStream.prototype.getColorDepth(),
    })
    this.screen.on("data", (text: string) => this.terminal.write(text))
  }

  resize(columns: number): void {
    this.terminal.resize(columns, this.terminal.rows)
    this.screen.columns = columns
  }

  /** All lines, those that have scrolled away as well; one that wraps is several. */
  async lines(): Promise<ReadonlyArray<string>> {
    await new Promise<void>((resolve) => this.terminal.write("", resolve))
    const { active } = this.terminal.buffer
    const lines = Array.from({ length: active.length }, (_, row) =>
      active.getLine(row)!.translateToString(true),
    )
    return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1)
  }

  /** Whether anything that is shown has a colour or is faint. */
  async isPlain(): Promise<boolean> {
    await this.lines()
    const { active } = this.terminal.buffer
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)!).every((line) =>
      Array.from({ length: line.length }, (_, x) => line.getCell(x)).every(
        (cell) => cell?.isDim() === 0 && cell.isFgDefault(),
      ),
    )
  }
}
