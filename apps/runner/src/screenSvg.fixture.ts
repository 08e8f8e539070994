/**
 * What a terminal shows, as an SVG that GitHub shows within a page: text in whatever monospaced font there is, pressed into
 * the cells that it has at a terminal, and lines of tables as paths, so that they meet in every font.
 */
import xterm from "@xterm/headless"

const cell = { width: 8.4, height: 18, baseline: 13.5 }
const margin = 14

/** Colours 0 to 7 of a terminal, told apart on its ground; `faint` is what a terminal makes of faint text. */
const themes = {
  light: {
    ground: "#ffffff",
    text: "#1f2328",
    faint: "#6e7781",
    colours: ["#24292f", "#cf222e", "#116329", "#7d4e00", "#0550ae", "#8250df", "#1b7c83", "#57606a"],
  },
  dark: {
    ground: "#0d1117",
    text: "#e6edf3",
    faint: "#8b949e",
    colours: ["#6e7681", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc"],
  },
}

interface Run {
  readonly x: number
  readonly cells: number
  readonly text: string
  readonly look: string
  readonly isWide: boolean
}

/** @param text what `tmux capture-pane -e` gives: lines with escape sequences for colours and nothing else */
export const screenSvg = async (text: string, columns: number, title: string): Promise<string> => {
  const lines = await runsOf(text, columns)
  const width = Math.ceil(columns * cell.width + 2 * margin)
  const height = lines.length * cell.height + 2 * margin
  const drawn = lines.flatMap((runs, row) => svgOfLine(runs, margin + row * cell.height))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escape(title)}</title>
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre }
${themeCss("light")}
@media (prefers-color-scheme: dark) {
${themeCss("dark")}
}
</style>
<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>
${drawn.join("\n")}
</svg>
`
}

const themeCss = (name: keyof typeof themes): string => {
  const { ground, text, faint, colours } = themes[name]
  return [
    `.ground { fill: ${ground}; stroke: ${faint}; stroke-opacity: 0.4 }`,
    `text, .block { fill: ${text} } .line { stroke: ${text}; fill: none; shape-rendering: crispEdges }`,
    `text.faint, .faint.block { fill: ${faint} }`,
    ...colours.map((colour, number) => `text.c${number}, .c${number}.block { fill: ${colour} }`),
  ].join("\n")
}

/** The text of each line, cut where the look changes, between narrow and wide letters, and at blanks. */
const runsOf = async (text: string, columns: number): Promise<ReadonlyArray<ReadonlyArray<Run>>> => {
  const lines = text.split("\n")
  const terminal = new xterm.Terminal({
    ...{ cols: columns, rows: lines.length, allowProposedApi: true, convertEol: true },
  })
  await new Promise<void>((resolve) => terminal.write(text, resolve))
  return lines.map((_, row) => {
    const line = terminal.buffer.active.getLine(row)!
    const runs: Array<Run> = []
    for (let x = 0; x < columns; x++) {
      const found = line.getCell(x)!
      const letter = found.getChars()
      if (letter === "" || letter === " ") continue
      const colour = found.isFgPalette() ? `c${found.getFgColor() % 8}` : ""
      const look = found.isDim() !== 0 ? "faint" : colour
      const cells = found.getWidth()
      const last = runs.at(-1)
      const next: Run = { x, cells, text: letter, look, isWide: cells === 2 }
      if (last !== undefined && joins(last, next))
        runs.splice(-1, 1, { ...last, cells: last.cells + cells, text: last.text + letter })
      else runs.push(next)
    }
    return runs
  })
}

const joins = (last: Run, next: Run): boolean =>
  last.x + last.cells === next.x &&
  last.look === next.look &&
  last.isWide === next.isWide &&
  !isDrawn(next.text) &&
  !isDrawn(last.text.slice(0, 1))

/** Which of its four sides a letter of a table reaches: up, right, down, left. */
const arms: Readonly<Record<string, string>> = {
  ...{ "─": "rl", "│": "ud", "┌": "rd", "┐": "dl", "└": "ur", "┘": "ul" },
  ...{ "├": "urd", "┤": "udl", "┬": "rdl", "┴": "url", "┼": "urdl" },
}

/** How much of its cell a letter of a bar covers. */
const blocks: Readonly<Record<string, number>> = { "█": 1, "▓": 0.75, "▒": 0.5, "░": 0.25 }

const isDrawn = (letter: string): boolean => letter in arms || letter in blocks

const svgOfLine = (runs: ReadonlyArray<Run>, top: number): ReadonlyArray<string> => {
  const paths = runs.flatMap(({ text, x }) => {
    const sides = arms[text]
    return sides === undefined ? [] : [pathOf(sides, round(margin + x * cell.width), top)]
  })
  const rest = runs.filter(({ text }) => !(text in arms)).map((run) => svgOfRun(run, top))
  return paths.length === 0 ? rest : [`<path class="line" d="${paths.join("")}"/>`, ...rest]
}

const svgOfRun = (run: Run, top: number): string => {
  const left = round(margin + run.x * cell.width)
  const look = run.look === "" ? "" : ` class="${run.look}"`
  if (run.text in blocks)
    return `<rect class="${`${run.look} block`.trim()}" x="${left}" y="${top + 3}" width="${cell.width}" height="${cell.height - 6}" fill-opacity="${blocks[run.text]}"/>`
  const length = round(run.cells * cell.width)
  return `<text${look} x="${left}" y="${round(top + cell.baseline)}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escape(run.text)}</text>`
}

const pathOf = (sides: string, left: number, top: number): string => {
  const [x, y] = [Math.floor(left + cell.width / 2) + 0.5, top + cell.height / 2 + 0.5]
  const ends: Readonly<Record<string, string>> = {
    ...{ u: `V${top}`, d: `V${top + cell.height}` },
    ...{ l: `H${left}`, r: `H${round(left + cell.width)}` },
  }
  return [...sides].map((side) => `M${x} ${y}${ends[side]}`).join("")
}

const round = (value: number): number => Math.round(value * 100) / 100

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
