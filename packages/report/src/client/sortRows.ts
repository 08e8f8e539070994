/** The order and the choice of a table's rows. Pure. */
export type Cell = string | number | null

export type Direction = "ascending" | "descending"

/** Nothing comes last in either direction; what is equal stays in its order. */
export const sortRows = <Row>(
  rows: ReadonlyArray<Row>,
  value: (row: Row) => Cell,
  direction: Direction,
  language: string,
): ReadonlyArray<Row> => {
  const text = new Intl.Collator(language, { numeric: true })
  const sign = direction === "ascending" ? 1 : -1
  return rows.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    if (typeof left === "number" && typeof right === "number") return sign * (left - right)
    return sign * text.compare(String(left), String(right))
  })
}

/** Whether all words of `filter` occur in the texts, in whatever case and however Korean syllables are composed. */
export const matches = (texts: ReadonlyArray<string>, filter: string): boolean => {
  const whole = plain(texts.join("\n"))
  return plain(filter)
    .split(/\s+/)
    .every((word) => whole.includes(word))
}

const plain = (text: string): string => text.normalize("NFC").toLowerCase()
