/**
 * A row on its way into JSON: the text of each field, and beside it what a reader can tell from that text.
 */
import { koreanWallText } from "./timeText.ts"
import type { RowState } from "./TrueRow.ts"

/** The fields of a row in the documentation's order. */
export const fieldNames = [
  "categoryId",
  "categoryName",
  "filePath",
  "outputType",
  "link",
  "outputTotalSize",
  "lastWorkTime",
  "status",
  "percent",
] as const
export type FieldName = (typeof fieldNames)[number]

/**
 * What the JSON of a row can tell at best. `null` where it tells nothing: there is no value, it is withheld (a Boolean
 * link) or cannot be read. Times are ms since the epoch, at the precision of the text.
 */
export interface AsServed {
  readonly categoryId: bigint | null
  readonly categoryName: string | null
  /** Empty where absent or null. NUL and lone surrogates are U+FFFD. */
  readonly filePath: string
  readonly outputType: string
  readonly link: string | null
  readonly outputTotalSize: bigint | null
  readonly lastWorkTimeMs: number | null
  /** Upper case. */
  readonly status: string | null
  readonly percent: number | null
  /** Whether the row has no usable identity. */
  readonly rejected: boolean
  /** Fields that hold something which cannot be read or not be kept as it is. */
  readonly unreadable: ReadonlyArray<FieldName>
  /** The row's JSON text exactly as served. */
  readonly json: string
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export class RowDraft {
  /** JSON texts by field name; a field that is not in it is absent. */
  readonly texts: Partial<Record<string, string>> = {}
  readonly served: Mutable<Omit<AsServed, "json" | "unreadable">>
  readonly unreadable = new Set<FieldName>()
  otherOrder = false
  readonly state: RowState

  constructor(state: RowState) {
    this.state = state
    const { requestTimeMs: _, ...rest } = state
    this.served = { ...rest, rejected: false }
  }

  /** A field whose text holds something that cannot be read. */
  spoil(field: Exclude<FieldName, "categoryId" | "filePath" | "outputType">, text: string): void {
    this.texts[field] = text
    this.unreadable.add(field)
    this.served[field === "lastWorkTime" ? "lastWorkTimeMs" : field] = null
  }

  json(): string {
    const names = Object.keys(this.texts).toSorted((a, b) => rankOf(a) - rankOf(b))
    if (this.otherOrder) names.reverse()
    return `{${names.map((name) => `"${name}":${this.texts[name]!}`).join(",")}}`
  }

  finish(): AsServed {
    return { ...this.served, unreadable: [...this.unreadable], json: this.json() }
  }
}

const rankOf = (name: string): number => {
  const index = (fieldNames as ReadonlyArray<string>).indexOf(name)
  return index < 0 ? fieldNames.length : index
}

const toSecond = (ms: number): number => Math.floor(ms / 1000) * 1000

type FieldWriter = (draft: RowDraft, salt: number) => void

/** How the current documentation types each field (API facts 1.3). Nothing is required, so what is not there is left out. */
export const currentFields: Record<FieldName, FieldWriter> = {
  categoryId: (d) => (d.texts["categoryId"] = String(d.state.categoryId)),
  categoryName: (d) => (d.texts["categoryName"] = JSON.stringify(d.state.categoryName)),
  filePath: (d) => (d.texts["filePath"] = JSON.stringify(d.state.filePath)),
  outputType: (d) => (d.texts["outputType"] = JSON.stringify(d.state.outputType)),
  link: (d) => {
    if (d.state.link !== null) d.texts["link"] = JSON.stringify(d.state.link)
  },
  outputTotalSize: (d) => {
    if (d.state.outputTotalSize !== null) d.texts["outputTotalSize"] = String(d.state.outputTotalSize)
  },
  lastWorkTime: (d) => {
    if (d.state.lastWorkTimeMs === null) return
    d.served.lastWorkTimeMs = toSecond(d.state.lastWorkTimeMs)
    d.texts["lastWorkTime"] = `"${koreanWallText(d.state.lastWorkTimeMs)}+0900"`
  },
  status: (d) => (d.texts["status"] = JSON.stringify(d.state.status)),
  percent: (d) => {
    if (d.state.percent !== null) d.texts["percent"] = String(d.state.percent)
  },
}

/** How the old documentation types each field (API facts C3 to C8). `outputType` is the example's text, not the table's number. */
export const oldFields: Record<FieldName, FieldWriter> = {
  ...currentFields,
  categoryId: (d) => (d.texts["categoryId"] = `"${d.state.categoryId}"`),
  link: (d) => {
    d.texts["link"] = String(d.state.link !== null)
    d.served.link = null
  },
  outputTotalSize: (d) =>
    (d.texts["outputTotalSize"] = d.state.outputTotalSize === null ? "null" : `"${d.state.outputTotalSize}"`),
  lastWorkTime: (d, salt) => {
    const ms = d.state.lastWorkTimeMs
    if (ms === null) return
    d.served.lastWorkTimeMs = ms
    d.texts["lastWorkTime"] = salt % 2 === 0 ? timeObject(ms) : epochSecondObject(ms)
  },
  percent: (d, salt) => {
    const { percent } = d.state
    if (percent !== null) d.texts["percent"] = salt % 3 === 0 ? `"${percent}%"` : `"${percent}"`
  },
}

/** The old documentation's `Object`, as a Java date is often serialised. */
export const timeObject = (ms: number): string => `{"time":${ms}}`

/** The old documentation's `Object`, as a Java instant is often serialised. */
export const epochSecondObject = (ms: number): string =>
  `{"epochSecond":${Math.floor(ms / 1000)},"nano":${(ms - toSecond(ms)) * 1_000_000}}`
