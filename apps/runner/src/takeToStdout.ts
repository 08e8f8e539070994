/** Standard output as a sink that waits for its reader. */
import * as Effect from "effect/Effect"
import { errorCode } from "@vodstation-etl/load/errorCode"
import { OutputFailed, ReaderLeft } from "./OutputFailed.ts"

/** Writes a piece; done when the system has taken it, so that memory does not grow with a slow reader. */
export const takeToStdout = (chunk: Uint8Array): Effect.Effect<void, OutputFailed | ReaderLeft> =>
  Effect.callback((resume) => {
    process.stdout.write(chunk, (cause) => {
      if (cause === undefined || cause === null) resume(Effect.void)
      else if (errorCode(cause) === "EPIPE") resume(Effect.fail(new ReaderLeft({})))
      else resume(Effect.fail(new OutputFailed({ out: "standard output", reason: cause.message })))
    })
  })
