/** Wraps lines at the width of a terminal, between words, so that what goes on stands below what it belongs to. Pure. */
import { stripVTControlCharacters } from "node:util"
import wrapAnsi from "wrap-ansi"

/** @param text lines, which may be coloured; those of tables stay as they are */
export const wrapLines = (text: string, columns: number): string =>
  text
    .split("\n")
    .map((line) => wrapLine(line, columns))
    .join("\n")

const wrapLine = (line: string, columns: number): string => {
  if (/[│┌├└]/.test(line)) return line
  const before = beforeText(line, columns)
  const indent = widthOf(before)
  const rows = wrapAnsi(line.slice(before.length), columns - indent).split("\n")
  return before + rows.join(`\n${" ".repeat(indent)}`)
}

/** A label with the blanks around it, as in `  days  31 days planned`; without a label, the blanks that the line begins with. */
const beforeText = (line: string, columns: number): string => {
  const label = /^ *\S+(?: \S+)* {2,}(?=\S)/.exec(line)?.[0]
  return label !== undefined && widthOf(label) <= columns / 2 ? label : /^ */.exec(line)![0]
}

/** Of what is not wide, as labels are. */
const widthOf = (text: string): number => stripVTControlCharacters(text).length
