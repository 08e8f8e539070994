/** Rows as CSV, as `export` writes them, sent as they are read, so that memory does not grow with them. */
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Semaphore from "effect/Semaphore"
import * as Stream from "effect/Stream"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type { ArchiveError } from "@vodstation-etl/load/ArchiveError"
import type { SelectRefused } from "@vodstation-etl/load/SelectRefused"
import { TableExport } from "@vodstation-etl/load/TableExport"
import { aboutLogs } from "../logLayer.ts"
import { answerHeaders } from "./answerHeaders.ts"
import { attachment } from "./downloadName.ts"
import { RequestRefused } from "./RequestRefused.ts"
import type { Condition } from "./rowConditions.ts"

/** As long as `export --sql` may take: what is sent takes as long as who takes it. */
const leastSeconds = 600
const mostAtOnce = 2
const longestWait = "10 seconds"

export interface Download {
  readonly table: "encoding" | "encoding_timeline"
  readonly day: string
  readonly rows: Condition
  readonly name: string
}

/** @param timeout of a question, in seconds */
export const makeCsvAnswer = Effect.fnUntraced(function* (timeout: number) {
  const archive = yield* TableExport
  const permits = yield* Semaphore.make(mostAtOnce)
  const seconds = Math.max(timeout, leastSeconds)

  const permit = Effect.acquireRelease(permits.take(1), () => permits.release(1), {
    interruptible: true,
  }).pipe(
    Effect.timeoutOrElse({
      duration: longestWait,
      orElse: () =>
        Effect.fail(
          new RequestRefused({
            status: 503,
            line: `${mostAtOnce} downloads are under way already: try again when one has ended.`,
          }),
        ),
    }),
  )

  return Effect.fn("csvAnswer")(function* (method: string, { table, day, rows, name }: Download) {
    const headers = { ...answerHeaders(), "content-disposition": attachment(name) }
    const contentType = "text/csv; charset=utf-8; header=present"
    if (method === "HEAD")
      return HttpServerResponse.empty({ status: 200, headers: { ...headers, "content-type": contentType } })
    const excel = yield* archive.excel
    yield* permit
    const asked = { table, from: day, before: undefined, rows: { ...rows, seconds } }
    const chunks = yield* Queue.bounded<Uint8Array, ArchiveError | SelectRefused | Cause.Done>(1)
    let begun = false
    const send = (chunk: Uint8Array) =>
      Effect.suspend(() => {
        begun = true
        return Queue.offer(chunks, chunk)
      })
    yield* archive.text(asked, { format: "csv", excel }, send).pipe(
      Effect.tapError((error) =>
        begun
          ? Effect.logWarning(`The download ${name} was cut off: ${error.reason}`).pipe(
              aboutLogs({ error: error._tag }),
            )
          : Effect.void,
      ),
      Queue.into(chunks),
      Effect.forkScoped,
    )
    // What goes wrong before anything was sent can still be told.
    const first = yield* Queue.take(chunks).pipe(Effect.catchTag("Done", Effect.die))
    return HttpServerResponse.stream(Stream.concat(Stream.make(first), Stream.fromQueue(chunks)), {
      headers,
      contentType,
    })
  })
})
