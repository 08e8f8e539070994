/**
 * The parts of a slice do not add up to the whole although it stands still: at one of their borders rows are lost, or told
 * twice. The gateway understands the ends of a window otherwise than was thought (`calibrate.ts`).
 */
import * as Schema from "effect/Schema"
import { describeSlice } from "./Slice.ts"

const range = { from: Schema.Finite, before: Schema.Finite }

export class PartsDisagree extends Schema.TaggedError<PartsDisagree>()("PartsDisagree", {
  workDate: Schema.String,
  slice: Schema.Struct(range),
  total: Schema.Finite,
  parts: Schema.Array(Schema.Struct({ ...range, total: Schema.Finite })),
}) {
  /** How many rows the parts hold together. */
  get sum(): number {
    return this.parts.reduce((sum, part) => sum + part.total, 0)
  }

  override get message() {
    return `${this.workDate}: the list from ${describeSlice(this.slice)} says that it holds ${this.total} rows, but its ${this.parts.length} parts hold ${this.sum}: the gateway loses or repeats rows where windows meet. The day is not loaded; run the same command again to read it again.`
  }
}
