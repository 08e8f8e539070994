/** The shapes in which `sql/select*Twins.sql` give rows: those of core. */
import * as Schema from "effect/Schema"

const columns = {
  categoryId: Schema.BigInt,
  filePath: Schema.String,
  outputType: Schema.String,
  categoryName: Schema.NullOr(Schema.String),
  status: Schema.NullOr(Schema.String),
  link: Schema.NullOr(Schema.String),
  percent: Schema.NullOr(Schema.Finite),
  outputTotalSize: Schema.NullOr(Schema.BigInt),
  lastWorkTime: Schema.NullOr(Schema.Finite),
  requestedFrom: Schema.Finite,
  requestedBefore: Schema.Finite,
  anomalies: Schema.Array(Schema.String),
  raw: Schema.NullOr(Schema.String),
}

export const StagedRow = Schema.Struct(columns)

export const StoredRow = Schema.Struct({
  ...columns,
  occurrence: Schema.Int,
  missingSince: Schema.NullOr(Schema.Finite),
  firstSeenAt: Schema.Finite,
  changedAt: Schema.Finite,
  runId: Schema.String,
})
