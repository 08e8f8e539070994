/**
 * Days that were read before, to be given out again as if they were read now: what is left of a run is its loading. They
 * wait as bytes outside of the heap, or the collector would have them in its way for as long as the loading is measured.
 */
import { deserialize, serialize } from "node:v8"
import * as Effect from "effect/Effect"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { DayReader } from "@vodstation-etl/extract/DayReader"

interface RecordedDay {
  readonly reading: DayReading
  readonly slices: ReadonlyArray<Buffer>
}

export class RecordedDays {
  private readonly days = new Map<string, RecordedDay>()
  /** What it took to make rows of bytes again, which no loading has to do. */
  seconds = 0

  /** Reads the days and keeps them. */
  readonly record = Effect.fn("RecordedDays.record")(
    { self: this },
    function* (this: RecordedDays, days: ReadonlyArray<WorkDay>) {
      const reader = yield* DayReader
      for (const day of days) {
        const slices: Array<Buffer> = []
        const reading = yield* reader.read(day, {
          take: (rows, rejects) => Effect.sync(() => slices.push(serialize([rows, rejects]))),
        })
        this.days.set(day.date, { reading, slices })
      }
    },
  )

  /** A reader that gives out what was kept, without asking anyone. */
  readonly reader: DayReader["Service"] = {
    read: (day, { take, total = () => Effect.void }) =>
      Effect.suspend(() => {
        const { reading, slices } = this.days.get(day.date)!
        return Effect.as(
          Effect.andThen(
            total(reading.apiTotal),
            Effect.forEach(slices, (slice) => Effect.suspend(() => take(...this.rowsOf(slice))), {
              discard: true,
            }),
          ),
          reading,
        )
      }),
  }

  private rowsOf(slice: Buffer): [Array<Encoding>, ReadonlyArray<Reject>] {
    const startedAt = performance.now()
    const rows = deserialize(slice)
    this.seconds += (performance.now() - startedAt) / 1e3
    return rows
  }
}
