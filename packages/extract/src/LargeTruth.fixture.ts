/**
 * What is true of the day of a large world while it is read, as lines that can be compared with what came: one for each row, with
 * the cell that it belongs to and all columns. A row that something happens to has several lines, of which one may come; one
 * that leaves may not come at all.
 */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import type { TruthRow, World } from "@vodstation-etl/simulator/World"
import type { LargeMove, LargeWorld } from "./largeWorld.arbitrary.ts"

interface MovedRow {
  readonly lines: Array<string>
  mayBeAbsent: boolean
}

type TrueRow = ReturnType<World["rows"]["within"]>[number]

export class LargeTruth {
  /** How many moves were made. */
  moved = 0
  private readonly world: World
  private readonly moves: ReadonlyArray<LargeMove>
  /** The request times, [from, before), that this gateway counts to the day, as far as anybody can tell. */
  private readonly from: number
  private readonly before: number
  private readonly cell: number
  private readonly movedRows = new Map<number, MovedRow>()

  constructor(world: World, day: WorkDay, { moves, windows, resolution }: LargeWorld) {
    this.world = world
    this.moves = moves
    // (From, To] with times of t is [From, To) with times of 1 ms earlier, or of 1 min where rows' times are cut as well.
    const unit = { ms: 1, s: 1_000, min: 60_000 }[windows.boundUnit ?? "ms"]
    const isShifted = windows.fromInclusive === false && windows.toInclusive !== false
    const shift = isShifted ? (windows.boundCut === "both" ? unit : 1) : 0
    this.from = day.start + shift
    this.before = day.end + shift
    this.cell = resolution ?? day.end - day.start
  }

  /** Makes the moves that come before a request is answered. */
  move(request: number): void {
    for (const move of this.moves) if (move.request === request) this.make(move)
  }

  /** Sorted lines of the rows that nothing has happened to. */
  steadyLines(): ReadonlyArray<string> {
    const lines = this.world.truth(this.from, this.before).map((row) => this.lineOf(row))
    for (const { lines: moved, mayBeAbsent } of this.movedRows.values()) {
      if (!mayBeAbsent) lines.splice(lines.indexOf(moved.at(-1)!), 1)
    }
    return lines.toSorted()
  }

  movedLines(): ReadonlyArray<MovedRow> {
    return [...this.movedRows.values()]
  }

  private make({ kind, row: pick }: LargeMove): void {
    const rows = this.world.rows.within(this.from, this.before).filter((row) => canHappen(kind, row))
    if (rows.length === 0) return
    const row = rows[pick % rows.length]!
    const linesHere = () =>
      this.world.truth(row.requestTimeMs, row.requestTimeMs + 1).map((row) => this.lineOf(row))
    const before = linesHere()
    happen(this.world, kind, row, this.moved++)
    const after = linesHere()
    const [old] = without(before, after)
    // What the API does not tell has not happened for a reader: old rows say of a link only whether there is one.
    if (old === undefined) return
    const moved = this.movedRows.get(row.key) ?? { lines: [old], mayBeAbsent: false }
    this.movedRows.set(row.key, moved)
    const [now] = without(after, before)
    if (now === undefined) moved.mayBeAbsent = true
    else moved.lines.push(now)
  }

  private lineOf(row: TruthRow): string {
    const cell = Math.floor((row.requestTimeMs - this.from) / this.cell)
    if (row.asServed.rejected) return rejectLine(row.asServed.json)
    const { asServed } = row
    return columnsLine(cell, { ...asServed, lastWorkTime: asServed.lastWorkTimeMs })
  }
}

const canHappen = (kind: LargeMove["kind"], row: TrueRow): boolean => {
  switch (kind) {
    case "leaves":
      return true
    case "gains its path":
      return row.startMs === Infinity
    case "ends":
      return row.endMs === Infinity
    case "changes its link":
      return row.endMs !== Infinity && row.outcome === "COMPLETE"
  }
}

const happen = (world: World, kind: LargeMove["kind"], row: TrueRow, count: number): void => {
  const startMs = Math.min(row.startMs, row.requestTimeMs + 1_000)
  const endMs = row.requestTimeMs + 60_000
  if (kind === "leaves") world.rows.remove(row)
  else if (kind === "gains its path") world.rows.change(row, { startMs })
  else if (kind === "ends") world.rows.change(row, { startMs, endMs, outcome: "COMPLETE" })
  else world.rows.change(row, { link: `${row.link}?changed=${count}` })
}

/** What the first list holds more than the second. */
export const without = (
  lines: ReadonlyArray<string>,
  others: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0
    counts.set(line, count - 1)
    return count <= 0
  })
}

/** The lines of what was read; `from` is the start of the day. */
export const linesOf = (
  rows: ReadonlyArray<Encoding>,
  rejects: ReadonlyArray<Reject>,
  from: number,
): ReadonlyArray<string> => [
  ...rows.map((row) =>
    columnsLine((row.requestedFrom - from) / (row.requestedBefore - row.requestedFrom), row),
  ),
  ...rejects.map((reject) => rejectLine(reject.payload)),
]

type ToldColumns = Pick<
  Encoding,
  | "categoryName"
  | "filePath"
  | "outputType"
  | "link"
  | "outputTotalSize"
  | "lastWorkTime"
  | "status"
  | "percent"
> & { readonly categoryId: bigint | null }

const columnsLine = (cell: number, row: ToldColumns): string =>
  JSON.stringify([
    cell,
    ...[String(row.categoryId), row.categoryName, row.filePath, row.outputType, row.link],
    ...[String(row.outputTotalSize), row.lastWorkTime, row.status, row.percent],
  ])

const rejectLine = (json: string): string => `reject ${json}`
