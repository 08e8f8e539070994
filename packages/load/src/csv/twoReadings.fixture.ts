/**
 * For tests: a day that is read twice. The old one has rejects, which the new one removes, and no history, which the new one
 * makes, so that the second commit takes every kind of step.
 */
import { Effect } from "effect"
import { dayEnd, encodingOf, loadReading, readingOf, runIdOf, writableFolder } from "./CsvFolder.fixture.ts"

export const reject = { fingerprint: "0a", reason: "no categoryId", payload: "{}" }
export const first = [encodingOf(), encodingOf({ filePath: "/b.mp4", status: "RUNNING" })]
export const second = [encodingOf(), encodingOf({ filePath: "/b.mp4" }), encodingOf({ filePath: "/c.mp4" })]

/** Makes the archive, and loads an empty day before the day. */
export const loadFirst = (folder: string) =>
  Effect.scoped(
    Effect.gen(function* () {
      const archive = yield* writableFolder(folder)
      yield* loadReading(archive, readingOf([], [], { workDate: "2021-09-11" }), [])
      yield* loadReading(archive, readingOf(first, [reject]), first, [reject])
    }),
  )

export const loadSecond = (folder: string) =>
  Effect.scoped(
    Effect.gen(function* () {
      const archive = yield* writableFolder(folder)
      const later = { readAt: dayEnd + 7_200_000 }
      return yield* loadReading(archive, readingOf(second, [], later), second, [], runIdOf(2))
    }),
  )
