/** What was measured as a table in Markdown, and its place in a page. */
import type { Completeness } from "./measureCompleteness.ts"

export interface MeasuredReader {
  readonly scenario: string
  readonly reader: string
  readonly completeness: Completeness
}

/** Measurements of one scenario stand together. */
export const completenessTable = (measured: ReadonlyArray<MeasuredReader>): string => {
  const rows = measured.map(({ scenario, reader, completeness }, index) => [
    measured[index - 1]?.scenario === scenario ? "" : scenario,
    reader,
    String(completeness.lost),
    String(completeness.doubled),
    noticed(completeness),
    completeness.requestsPerPage.toFixed(2),
  ])
  return [
    ["between any two requests", "reader", "rows lost", "rows doubled", "noticed", "requests a page"],
    ["---", "---", "---:", "---:", "---", "---:"],
    ...rows,
  ]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n")
}

const noticed = ({ lost, doubled, unnoticed, open, failed, days }: Completeness): string => {
  const told = [
    ...(unnoticed > 0 ? [`no: ${unnoticed} of ${days} days are wrong`] : []),
    ...(open > 0 ? [`${open} of ${days} days kept open`] : []),
    ...(failed > 0 ? [`gave up ${failed} of ${days} days`] : []),
  ]
  return told.length === 0 && lost + doubled === 0 ? "nothing to notice" : told.join(", ")
}

const begin = "<!-- table: made by `pnpm bench completeness` -->"
const end = "<!-- end of table -->"

/** The page with this between its two marks; undefined for a page without them. */
export const withTable = (page: string, table: string): string | undefined => {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) return undefined
  return `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`
}
