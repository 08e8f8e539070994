/** A few lines at the bottom of a terminal that are drawn again and again, while other lines scroll by above them. */
import { stripVTControlCharacters, styleText } from "node:util"
import { createLogUpdate } from "log-update"
import type { Paint } from "./ProgressState.ts"

/** What a screen needs to be able to do; `process.stderr` can. */
export interface Screen extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Whether lines can be drawn again there. */
export const isLive = (screen: Screen): boolean => screen.isTTY === true && process.env["TERM"] !== "dumb"

/** Colours where the screen shows them, and nobody asked for none (`NO_COLOR`, which `styleText` knows). */
export const paintFor =
  (screen: Screen): Paint =>
  (look, text) =>
    styleText(look === "faint" ? "dim" : "yellow", text, { stream: screen })

export class LiveDisplay {
  private readonly screen: Screen
  private readonly draw: ReturnType<typeof createLogUpdate>
  private drawn: { readonly lines: ReadonlyArray<string>; readonly columns: number } | undefined

  constructor(screen: Screen) {
    this.screen = screen
    this.draw = createLogUpdate(screen)
  }

  get columns(): number {
    return this.screen.columns ?? 80
  }

  /** @param picture whose lines are shorter than `columns` */
  show(picture: string): void {
    this.eraseWhatWasWrapped()
    this.draw(picture)
    this.drawn = { lines: stripVTControlCharacters(picture).split("\n"), columns: this.columns }
  }

  /** A line that stays, above the picture, which comes back when it is shown again. The terminal wraps it where it must. */
  say(line: string): void {
    this.clear()
    this.screen.write(`${line}\n`)
  }

  clear(): void {
    this.eraseWhatWasWrapped()
    this.draw.clear()
    this.drawn = undefined
  }

  /** Takes the picture away, and gives the cursor back. */
  end(): void {
    this.clear()
    this.draw.done()
  }

  /**
   * A terminal that became narrower has wrapped the lines that no longer fit, so that the picture takes more rows than
   * log-update knows of.
   */
  private eraseWhatWasWrapped(): void {
    const { drawn, columns } = this
    if (drawn === undefined || columns >= drawn.columns) return
    const rows = drawn.lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0)
    if (rows === drawn.lines.length) return
    this.screen.write(`\r\u001B[${rows}A\u001B[J`)
    this.draw.done()
    this.drawn = undefined
  }
}
