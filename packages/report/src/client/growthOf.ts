/** Sizes by month, and added up, of each category. Pure. */
import type { StorageFigures } from "../ReportData.ts"
import { sumOf } from "./periods.ts"

export interface Growth {
  /** Every month from the first to the last one, also those in which nothing was added. */
  readonly months: ReadonlyArray<string>
  /** The largest first, all others last. */
  readonly categories: ReadonlyArray<
    Pick<StorageFigures, "categoryId" | "categoryName"> & {
      /** A number for each month, bytes. */
      readonly added: ReadonlyArray<number>
      readonly total: ReadonlyArray<number>
    }
  >
}

/** @param rows not empty, in the order of months */
export const growthOf = (rows: ReadonlyArray<StorageFigures>): Growth => {
  const months = monthsBetween(rows[0]!.month, rows.at(-1)!.month)
  const categories = Array.from(Map.groupBy(rows, ({ categoryId }) => categoryId).values(), (ofCategory) => {
    const byMonth = new Map(ofCategory.map(({ month, bytes }) => [month, bytes]))
    const added = months.map((month) => byMonth.get(month) ?? 0)
    let sum = 0
    const { categoryId, categoryName } = ofCategory.at(-1)!
    return { categoryId, categoryName, added, total: added.map((bytes) => (sum += bytes)) }
  })
  const rank = (category: (typeof categories)[number]) =>
    category.categoryId === null ? -1 : sumOf(category.added, (bytes) => bytes)
  return { months, categories: categories.toSorted((a, b) => rank(b) - rank(a)) }
}

const monthsBetween = (first: string, last: string): ReadonlyArray<string> => {
  const months: Array<string> = []
  const year = Number(first.slice(0, 4))
  const month = Number(first.slice(5))
  for (let text = first; text <= last;) {
    months.push(text)
    text = new Date(Date.UTC(year, month - 1 + months.length)).toISOString().slice(0, 7)
  }
  return months
}
