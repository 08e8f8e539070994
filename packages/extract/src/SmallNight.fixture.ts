/**
 * Where one identity of a small day stands between two readings: its rows in the world, what the archive holds of it, and what the
 * gateway's clock and the ledger say.
 *
 * One identity is enough. An archive merges identity by identity (`mergeIdentity`), every promise is one about the rows of an
 * identity, and the archive never tells the reader what to ask. So whatever goes wrong with a whole archive goes wrong with one of
 * its identities, in a night that is met here as well. What other identities have to do with it is taken as wide as it could be:
 *
 * - Any reading is held against any archive that may have come of these rows, whatever the other rows of the world were then.
 * - Rows that left before they were read may have been there or not.
 * - `DayShrunk`, which goes by the whole day, is doubted and believed where the archive may hold other rows.
 */
import { sorted } from "./SmallArchive.fixture.ts"
import type { Outcome } from "./IdentityOutcomes.fixture.ts"
import {
  appearancesIn,
  blank,
  codeOf,
  complete,
  movesOf,
  rowsOf,
  type SmallBounds,
  waiting,
} from "./SmallWorld.fixture.ts"

export interface SmallNight {
  /** Whether it is the identity of all rows with a blank path, or of a file's. */
  readonly isBlank: boolean
  /** Its rows in the world, sorted; of a file, those as well that are WAITING and show another identity yet. */
  readonly rows: string
  readonly archive: string
  readonly hasSettled: boolean
  /** Whether the last reading was not believed (`DayShrunk`). */
  readonly wasDoubted: boolean
}

export const nightKey = ({ isBlank, rows, archive, hasSettled, wasDoubted }: SmallNight): string =>
  `${isBlank ? "-" : "a"}${hasSettled ? "+" : "-"}${wasDoubted ? "?" : "."}${rows}|${archive}`

/** The name that its rows have. */
export const nameIn = ({ isBlank }: Pick<SmallNight, "isBlank">): number => (isBlank ? blank : 0)

/** The rows that an identity may have on the first night. */
export const firstNights = (bounds: SmallBounds): ReadonlyArray<Pick<SmallNight, "isBlank" | "rows">> =>
  [true, false].flatMap((isBlank) => {
    const found = new Set([""])
    for (const rows of found) {
      if (rows.length === bounds.rows) continue
      for (let slot = 0; slot < bounds.slots; slot++) {
        for (let state = waiting; state <= (isBlank ? waiting : complete); state++) {
          const row = codeOf({ name: nameIn({ isBlank }), slot, state, isFresh: false })
          found.add(sorted(rows + String.fromCharCode(row)))
        }
      }
    }
    return [...found].map((rows) => ({ isBlank, rows }))
  })

/** The rows that an identity may have one move later. */
export const rowsAfterMove = (
  { isBlank, rows }: Pick<SmallNight, "isBlank" | "rows">,
  bounds: SmallBounds,
  settled: boolean,
): ReadonlyArray<string> => {
  const moved = [...movesOf(rows), ...(settled ? [] : appearancesIn(rows, bounds, blank))]
  const next = moved.map(({ move, world, row }) => {
    if (move === "moves") return rows
    if (move === "appears" && row.name !== nameIn({ isBlank })) return rows
    if (!isBlank) return world
    // A row that gains its path is none of the blank ones any more.
    return Array.from(world, (row) => row.charCodeAt(0)).every((code) => (code & 3) === waiting)
      ? world
      : rowsOf(world)
          .filter(({ state }) => state === waiting)
          .map((row) => String.fromCharCode(codeOf(row)))
          .join("")
  })
  return [...new Set(next.map(sorted))].filter((next) => next !== rows)
}

/** The same rows when the next reading begins. */
export const untilNextReading = (rows: string): string =>
  sorted(
    rowsOf(rows)
      .map((row) => String.fromCharCode(codeOf({ ...row, isFresh: false, began: 0 })))
      .join(""),
  )

/** Whether this may be what comes of a reading that begins with these rows: some may have left before any was read. */
export const mayComeOf = (rows: string, { isBlank, start }: Pick<Outcome, "isBlank" | "start">): boolean => {
  if (start === rows) return true
  if (!isBlank) return start === ""
  let left = rows
  for (const row of start) {
    if (!left.includes(row)) return false
    left = left.replace(row, "")
  }
  return true
}
