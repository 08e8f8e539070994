/**
 * What a walk that proves nothing as a whole still proves page by page: an answer is one moment, so that the rows of one
 * identity on one page are so many different rows, while those on two pages may be one that moved.
 *
 * Only terminal rows count. One that is not can be seen under two identities (a WAITING row gains its path: API facts, 2.5),
 * on two pages, and would be loaded as two rows; and such a reading, being weak, never takes a row back, nor would a later
 * one of a list that goes on moving.
 */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { identityOf, isTerminal } from "@vodstation-etl/core/Encoding"
import type { ReadPage } from "./ReadPage.ts"
import { pageOfRows } from "./ReadPage.ts"

/**
 * The pages with those rows alone that are different ones for certain: of each identity the terminal rows of the page that
 * showed most of them, of each reject's text those of the page that showed it most often. Of two pages that showed as many, the
 * later one of the list counts, so that pages are best given in the order in which they were answered.
 */
export const rowsShownAtOnce = (pages: ReadonlyArray<ReadPage>): ReadonlyArray<ReadPage> => {
  const read = pages.map((page) => page.read())
  const rows = shownMost(
    read.map((page) => page.rows.filter(isTerminal)),
    identityOf,
  )
  const rejects = shownMost(
    read.map((page) => page.rejectedRows),
    fingerprintOf,
  )
  return pages.map(({ total }, index) =>
    pageOfRows(total, { rows: rows[index]!, rejectedRows: rejects[index]! }),
  )
}

const fingerprintOf = (reject: Reject): string => reject.fingerprint

/** Of each name the things of the one page that showed most of it, page by page. */
const shownMost = <A extends Encoding | Reject>(
  pages: ReadonlyArray<ReadonlyArray<A>>,
  nameOf: (thing: A) => string,
): ReadonlyArray<Array<A>> => {
  const most = new Map<string, { readonly page: number; readonly count: number }>()
  pages.forEach((things, page) => {
    for (const [name, count] of countByName(things.map(nameOf))) {
      if (count >= (most.get(name)?.count ?? 0)) most.set(name, { page, count })
    }
  })
  return pages.map((things, page) => things.filter((thing) => most.get(nameOf(thing))!.page === page))
}

const countByName = (names: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
