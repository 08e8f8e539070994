/** The answer to any request: what it asks for, or one line of plain text that says why not, and never more than that. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type { InvalidBound } from "@vodstation-etl/core/parseBound"
import type { ArchiveError, ArchiveFailed } from "@vodstation-etl/load/ArchiveError"
import type { SelectRefused } from "@vodstation-etl/load/SelectRefused"
import type { InvalidFlag } from "../InvalidFlag.ts"
import { aboutLogs } from "../logLayer.ts"
import type { BoundServer } from "./allowedHost.ts"
import { answerHeaders } from "./answerHeaders.ts"
import type { Address } from "./readAddress.ts"
import { readAddress } from "./readAddress.ts"
import { refuseForeign } from "./refuseForeign.ts"
import type { RequestRefused } from "./RequestRefused.ts"
import { quoted } from "./RequestRefused.ts"

type RouteError = RequestRefused | InvalidBound | InvalidFlag | ArchiveError | SelectRefused

/** @param route of `makeRoutes` */
export const answerRequest = <R>(
  server: BoundServer,
  route: (
    method: string,
    asked: Address,
  ) => Effect.Effect<HttpServerResponse.HttpServerResponse, RouteError, R>,
) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest
    const answer = yield* Effect.gen(function* () {
      yield* refuseForeign(request, server)
      return yield* route(request.method, yield* Effect.fromResult(readAddress(request.url)))
    }).pipe(
      Effect.catch(tellError),
      Effect.catchDefect((defect) => tellDefect(Cause.die(defect))),
      // Else a question goes on that nobody waits for any more: whoever runs this makes it uninterruptible.
      Effect.interruptible,
    )
    yield* Effect.logDebug(`${quoted(request.method)} ${quoted(request.url)}: ${answer.status}`)
    return answer
  })

const tellError = Effect.fnUntraced(function* (error: RouteError) {
  switch (error._tag) {
    case "RequestRefused":
      return line(error.status, error.line)
    // Parameters are called as the flags are.
    case "InvalidBound":
    case "InvalidFlag":
      return line(400, quoted(error.message.replaceAll(/--(?=(?:from|to)\b)/g, "")))
    case "ArchiveFailed":
    case "ArchiveUnusable":
    case "FileDamaged":
    case "SelectRefused": {
      const message = error._tag === "ArchiveFailed" ? failedToRead(error) : error.message
      yield* Effect.logWarning(message).pipe(aboutLogs({ error: error._tag }))
      return line(503, message)
    }
  }
})

/** What it says itself is meant for a command that can be run again. */
const failedToRead = ({ archive, reason }: ArchiveFailed): string =>
  `${archive} could not be read: ${reason}. Reload the page in a while.`

const tellDefect = Effect.fnUntraced(function* (cause: Cause.Cause<never>) {
  yield* Effect.logError(`A page could not be made: ${Cause.pretty(cause)}`)
  return line(500, "This page could not be made, by a mistake of the program; what it printed says more.")
})

const line = (status: number, text: string) =>
  HttpServerResponse.text(`${text}\n`, {
    status,
    contentType: "text/plain; charset=utf-8",
    headers: { ...answerHeaders(), ...(status === 405 ? { allow: "GET, HEAD" } : {}) },
  })
