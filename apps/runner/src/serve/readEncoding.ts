/** One encoding and every state that the archive knows of it, for its page. */
import * as Effect from "effect/Effect"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import { type EncodingData, mostStates } from "@vodstation-etl/report/EncodingData"
import { encodingAddress, dayAddress, type EncodingKey } from "@vodstation-etl/report/pageAddress"
import { instantOf, textOf, textOrNull } from "../reportData/QueryCells.ts"
import { fileWithoutFormat } from "../reportData/readFailedFiles.ts"
import { encodingOf, encodingRows, stateColumns, stateOf } from "./encodingRows.ts"
import { pageOrigin } from "../reportData/pageOrigin.ts"
import { quoted, RequestRefused } from "./RequestRefused.ts"
import { rowOfKey } from "./rowConditions.ts"

export const readEncoding = Effect.fn("readEncoding")(function* (key: EncodingKey) {
  const query = yield* ArchiveQuery
  const { sql, parameters } = rowOfKey(key)
  const [latest] = yield* query.select(encodingRows(sql, 1), parameters)
  const states = yield* query.select(
    `SELECT ${stateColumns}, valid_from, valid_to, run_id FROM encoding_timeline WHERE ${sql}
     ORDER BY valid_from DESC, valid_to DESC NULLS FIRST LIMIT ${mostStates}`,
    parameters,
  )
  if (latest === undefined && states.length === 0) return yield* noSuchEncoding(key)
  const [origin] = yield* query.select(
    `SELECT left(raw::text, 20000) AS raw FROM encoding WHERE ${sql}`,
    parameters,
  )
  const others = yield* query.select(encodingRows(othersCondition, 200), parameters)
  const data: EncodingData = {
    ...(yield* pageOrigin),
    key,
    latest: latest === undefined ? null : encodingOf(latest),
    timeline: states.toReversed().map((row) => ({
      ...stateOf(row),
      validFrom: instantOf(row["valid_from"]) ?? 0,
      validTo: instantOf(row["valid_to"]),
      runId: textOf(row["run_id"]),
    })),
    raw: textOrNull(origin?.["raw"]),
    others: others.map(encodingOf),
  }
  return data
})

/** Refuses what the archive never knew. */
export const requireEncoding = Effect.fnUntraced(function* (key: EncodingKey) {
  const { sql, parameters } = rowOfKey(key)
  const query = yield* ArchiveQuery
  const states = yield* query.select(
    `SELECT work_date FROM encoding_timeline WHERE ${sql} LIMIT 1`,
    parameters,
  )
  if (states.length === 0) return yield* noSuchEncoding(key)
})

/** Of blank paths, which tell no file, only those that are alike. */
const othersCondition = `
work_date = $1::date AND category_id = $2::bigint
AND CASE
  WHEN $3::text = '' THEN file_path = '' AND output_type = $4::text
  ELSE ${fileWithoutFormat("file_path", "output_type")} = ${fileWithoutFormat("$3::text", "$4::text")}
END
AND NOT (file_path = $3::text AND output_type = $4::text AND occurrence = $5::integer)`

const noSuchEncoding = (key: EncodingKey): RequestRefused =>
  new RequestRefused({
    status: 404,
    line: `There is no encoding ${quoted(encodingAddress(key))}: find one on ${dayAddress(key.workDate)}.`,
  })
