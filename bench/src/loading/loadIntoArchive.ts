/** Our side of `bench load`: days through the real `Archive`, in pages as they come from the reader, one day after the other. */
import * as Effect from "effect/Effect"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { Archive } from "@vodstation-etl/load/Archive"

const pageSize = 1_000
const runId = "00000000-0000-4000-8000-000000000001"

export interface LoadedDay {
  readonly date: string
  readonly rows: ReadonlyArray<Encoding>
}

/** @param digest what the reading's digest is said to be; @param readAt later than that of the reading before, epoch ms */
export const loadIntoArchive = Effect.fn("loadIntoArchive")(function* (
  { date, rows }: LoadedDay,
  digest: string,
  readAt: number,
) {
  const day = yield* (yield* Archive).stageDay(date, { runId })
  for (let at = 0; at < rows.length; at += pageSize) yield* day.add(rows.slice(at, at + pageSize), [])
  const pages = Math.ceil(rows.length / pageSize)
  return yield* day.commit({
    ...{ workDate: date, readAt, proof: "pigeonhole", strong: true, settled: true, seamsHold: true, digest },
    ...{ apiTotal: rows.length, rowCount: rows.length, openRows: 0, rejectedRows: 0, requests: pages, pages },
  })
}, Effect.scoped)
