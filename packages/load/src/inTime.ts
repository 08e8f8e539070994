/** Stops what asks an archive for too long. */
import * as Effect from "effect/Effect"
import { ArchiveFailed } from "./ArchiveError.ts"
import { tooSlow } from "./SelectRefused.ts"

/** @param asked where the archive is, and what is done with it, for the message; and after how long it is stopped */
export const inTime = <A, E, R>(
  asked: { readonly place: string; readonly doing: string; readonly seconds: number },
  asking: Effect.Effect<A, E, R>,
): Effect.Effect<A, E | ArchiveFailed, R> =>
  Effect.timeoutOrElse(asking, {
    duration: asked.seconds * 1000,
    orElse: () =>
      Effect.fail(
        new ArchiveFailed({ archive: asked.place, doing: asked.doing, reason: tooSlow(asked.seconds) }),
      ),
  })
