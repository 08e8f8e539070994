/**
 * What the reader remembers of a history of answers, so that histories that only differ in what it forgets are told as one.
 *
 * When it asks for a first page, it begins anew: of what it saw before only the windows count that it has tried, how often,
 * their totals, the rows that it gave away and how they were proven; and, where it asks for the same window again, the rows that it saw there the
 * last time if they were as many as the total said, as long as what it sees this time is not different.
 *
 * This is an assumption about the reader. `smallWorlds.test.ts` holds what is found so against what is found without any
 * (`outcomesOneByOne.fixture.ts`).
 */
import type { Ask, SmallPage } from "./replayReading.fixture.ts"
import { sorted } from "./SmallArchive.fixture.ts"
import { codeOf, rowsOf, type SmallRow } from "./SmallWorld.fixture.ts"

/** The same rows with other labels and looks. */
export const relabel = (
  rows: string,
  change: (row: SmallRow) => readonly [label: number, look: number],
): string => {
  let changed = ""
  for (const row of rowsOf(rows)) {
    const [name, state] = change(row)
    changed += String.fromCharCode(codeOf({ ...row, name, state }))
  }
  return changed
}

/** A window that was asked for, one page after the other. */
interface Walk {
  readonly window: string
  readonly tries: number
  readonly total: number
  /** What its proof rests on: whether it took one page, several, or several with rows that are alike. */
  readonly shape?: "one page" | "several" | "alike"
}

interface CurrentWalk extends Walk {
  readonly pages: ReadonlyArray<readonly [pageNo: number, rows: string]>
  /** The rows of its pages, as long as all of them said the same total. */
  readonly rows: string | undefined
  /** The rows that the try before saw, as long as this one may see the same. */
  readonly before: string | undefined
}

export interface ReadingMemory {
  readonly finished: ReadonlyArray<Walk>
  readonly current: CurrentWalk | undefined
  /** Whether a page was filled to the brim by now, which tells how large a page is. */
  readonly wasFull: boolean
}

export const nothingYet: ReadingMemory = { finished: [], current: undefined, wasFull: false }

const windowOf = (ask: Ask): string => `${ask.fromSlot}-${ask.beforeSlot}`

export const memoryAfter = (memory: ReadingMemory, ask: Ask, page: SmallPage): ReadingMemory => {
  const { finished, current } = memory
  const wasFull = memory.wasFull || (page.rows.length === ask.size && page.total > ask.size)
  const window = windowOf(ask)
  const isSame = current?.window === window
  if (ask.pageNo > 1) {
    if (!isSame) throw new Error("a page was asked for out of turn")
    const isPastEnd = (ask.pageNo - 1) * ask.size >= page.total
    const isSteady = current.rows !== undefined && page.total === current.total
    const rows = isSteady ? current.rows + (isPastEnd ? "" : page.rows) : undefined
    const pages = [...current.pages, [ask.pageNo, page.rows] as const]
    return {
      finished,
      wasFull,
      current: { ...current, rows, pages, before: stillLike(current.before, rows) },
    }
  }
  const before = isSame && current.rows?.length === current.total ? sorted(current.rows) : undefined
  return {
    finished: current === undefined || isSame ? finished : [...finished, walkOf(current)],
    wasFull,
    current: {
      window,
      tries: isSame ? current.tries + 1 : 1,
      total: page.total,
      rows: page.rows,
      pages: [[1, page.rows]],
      before: before?.length === page.total ? stillLike(before, page.rows) : undefined,
    },
  }
}

const walkOf = ({ window, tries, total, pages }: CurrentWalk): Walk => {
  const held = pages
    .filter(([, rows]) => rows !== "")
    .map(([, rows]) => new Set(rowsOf(rows).map(({ name }) => name)))
  const isAlike = held.some((names, page) =>
    held.slice(0, page).some((others) => !names.isDisjointFrom(others)),
  )
  return { window, tries, total, shape: isAlike ? "alike" : held.length > 1 ? "several" : "one page" }
}

/** The rows of the try before, if they hold all that was seen by now. */
const stillLike = (before: string | undefined, rows: string | undefined): string | undefined => {
  if (before === undefined || rows === undefined) return undefined
  let left = before
  for (const row of rows) {
    if (!left.includes(row)) return undefined
    left = left.replace(row, "")
  }
  return before
}

/** A label that is remembered, with the looks that are remembered of it, as they were called before. */
export interface Remembered {
  readonly label: number
  readonly looks: ReadonlyArray<number>
}

/** Equal for two histories after which the reader does the same, but for labels and looks; and these in their new order. */
export const memoryKey = (
  { finished, current, wasFull }: ReadingMemory,
  asks: Ask,
  given: ReadonlyArray<string>,
): { readonly key: string; readonly remembered: ReadonlyArray<Remembered> } => {
  const isAgain = current?.window === windowOf(asks)
  const isNew = asks.pageNo === 1
  const before = !isNew
    ? current?.before
    : isAgain && current.rows?.length === current.total
      ? current.rows
      : undefined
  const pages = isNew ? [] : current!.pages
  const { remembered, labelled } = inFixedOrder(
    pages.map(([, rows]) => rows),
    [...given, before ?? ""],
  )
  // How the walk under way is proven does not show before it ends.
  const ended = isNew && !isAgain
  const walks = current === undefined ? finished : [...finished, ended ? walkOf(current) : current]
  const told = walks.map(({ window, tries, total, shape = "" }) => `${window} ${tries} ${total} ${shape}`)
  const pageNumbers = pages.map(([pageNo]) => pageNo)
  const key = `${windowOf(asks)} ${asks.pageNo} ${asks.size} ${wasFull} ${before === undefined} ${told.join()} ${pageNumbers.join()} ${labelled}`
  return { key, remembered }
}

/** Labels for lists and sets of rows such that those which differ in labels and looks alone come out the same. */
const inFixedOrder = (lists: ReadonlyArray<string>, sets: ReadonlyArray<string>) => {
  const inOrder = new Labels([])
  for (const rows of lists) for (const row of rowsOf(rows)) inOrder.add(row)
  const others = [...new Set(rowsOf(sets.join("")).map(({ name }) => name))].filter(
    (name) => !inOrder.has(name),
  )
  const ways = permutations(others).map((others) => {
    const labels = new Labels([...inOrder.remembered, ...others.map((label) => ({ label, looks: [] }))])
    for (const rows of sets) for (const row of rowsOf(sorted(rows))) labels.add(row)
    const label = (rows: string) => relabel(rows, (row) => labels.find(row))
    return {
      remembered: labels.remembered,
      labelled: [...lists.map(label), ...sets.map((rows) => sorted(label(rows)))].join("|"),
    }
  })
  return ways.reduce((least, way) => (way.labelled < least.labelled ? way : least))
}

class Labels {
  readonly remembered: Array<{ readonly label: number; readonly looks: Array<number> }>

  constructor(remembered: ReadonlyArray<Remembered>) {
    this.remembered = remembered.map(({ label, looks }) => ({ label, looks: [...looks] }))
  }

  has(name: number): boolean {
    return this.remembered.some(({ label }) => label === name)
  }

  add({ name, state }: SmallRow): void {
    const known = this.remembered.find(({ label }) => label === name)
    if (known === undefined) this.remembered.push({ label: name, looks: [state] })
    else if (!known.looks.includes(state)) known.looks.push(state)
  }

  find({ name, state }: SmallRow): readonly [label: number, look: number] {
    const at = this.remembered.findIndex(({ label }) => label === name)
    return [at, this.remembered[at]!.looks.indexOf(state)]
  }
}

const permutations = (names: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
  names.length === 0
    ? [[]]
    : names.flatMap((name) =>
        permutations(names.filter((other) => other !== name)).map((others) => [name, ...others]),
      )
