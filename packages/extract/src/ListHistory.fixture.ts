/**
 * How the rows of a list came to be as they are while a day is read, apart from the list itself: for each row in the list one character
 * with the state that it had when the reading began (none, if it was not there) and whether it is fresh; then one for each row that has
 * left since, in order of their codes. So readings that began differently are one from where the difference is over.
 *
 * Lists and histories are few, and their pairs, the worlds, are many.
 */
import { sorted } from "./SmallArchive.fixture.ts"
import { codeOf, type Moved, relinked } from "./SmallWorld.fixture.ts"

const text = String.fromCharCode

/** Marks a row that has left. */
const gone = 1024

const fresh = 8

const beganIn = (code: number): number => (code >> 7) & 7

const nameIn = (code: number): number => (code >> 4) & 7

/** How many rows of a history are in the list still. */
const listedIn = (history: string): number => {
  let listed = 0
  while (listed < history.length && history.charCodeAt(listed) < gone) listed++
  return listed
}

/** That of a list in which a reading begins. */
export const beginHistory = (list: string): string =>
  Array.from(list, (row) => text(((row.charCodeAt(0) & 3) + 1) << 7)).join("")

/** The rows in the list, and those that have left since the reading began; of these only name, slot and how they began are told. */
export const listedAndLeft = (list: string, history: string): readonly [listed: string, left: string] => {
  let [listed, left] = ["", ""]
  for (let index = 0; index < history.length; index++) {
    const code = history.charCodeAt(index)
    if (code < gone) listed += text(code | list.charCodeAt(index))
    else left += text(code & ~gone)
  }
  return [listed, left]
}

/** The history after one more move in its list. */
export const historyAfter = (history: string, { move, row, from, to }: Moved): string => {
  const code = from === undefined ? fresh : history.charCodeAt(from)
  const others = from === undefined ? history : history.slice(0, from) + history.slice(from + 1)
  if (to !== undefined) {
    return others.slice(0, to) + text(move === "gains its path" ? code | fresh : code) + others.slice(to)
  }
  // One that was not there when the reading began leaves nothing.
  if (beganIn(code) === 0) return others
  const border = listedIn(others)
  const left = text(gone | (code & ~fresh) | codeOf({ ...row, state: 0, isFresh: false }))
  return others.slice(0, border) + sorted(others.slice(border) + left)
}

/**
 * The history under other names, which are the first of `names`, as they were; others are numbered as they come.
 *
 * Rows that left before the reader knew their name are dropped, unless a twin is still there: to the reader they never were, and what
 * becomes of them in the archive does not depend on how they left.
 */
export const historyInNames = (history: string, names: string): string => {
  const border = listedIn(history)
  let known = names
  let left = ""
  for (let index = border; index < history.length; index++) {
    const code = history.charCodeAt(index)
    const name = text(nameIn(code))
    let at = known.indexOf(name)
    if (at < 0) {
      if (!beganRelinked(code)) continue
      at = known.length
      known += name
    }
    left += text((code & ~112) | (at << 4))
  }
  return history.slice(0, border) + sorted(left)
}

/** One more than the last name of the rows that have left. */
export const namesLeft = (history: string): number => {
  let names = 0
  for (let index = listedIn(history); index < history.length; index++)
    names = Math.max(names, nameIn(history.charCodeAt(index)) + 1)
  return names
}

const beganRelinked = (code: number): boolean => beganIn(code) === relinked + 1

/** The moves that were made before the reading: one for each row that had another link when it began. */
export const spentBefore = (history: string): number => {
  let spent = 0
  for (let index = 0; index < history.length; index++) if (beganRelinked(history.charCodeAt(index))) spent++
  return spent
}
