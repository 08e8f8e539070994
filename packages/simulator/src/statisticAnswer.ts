/**
 * `GET /api/v2/status/status-statistic`: how many encodings of a window are in which status (API facts 2.2).
 */
import type { SeenRequest } from "./SeenRequest.ts"
import type { BehaviourOptions } from "./SimulatorOptions.ts"
import { seenAt, windowError, type Answer } from "./statusAnswer.ts"
import { visibleParts } from "./visibleRows.ts"
import { windowRange } from "./windowRange.ts"
import type { World } from "./World.ts"

/** The answer at `nowMs`. Rows of a status that has no name in the statistics are not counted. */
export const statisticAnswer = (
  world: World,
  request: SeenRequest,
  nowMs: number,
  options: BehaviourOptions,
): Answer => {
  const badWindow = windowError(request, options)
  if (badWindow !== null) return badWindow
  const range = windowRange(request.workStartTimeFrom, request.workStartTimeTo, options)
  if (range === "error") {
    return {
      status: options.serviceErrorStatus,
      errorCode: "260027",
      message: "parameter error, minimum usage days: 0",
    }
  }
  const seenMs = seenAt(request, nowMs, options, world.seed)
  const counts = new Map<string, number>()
  for (const { day, from, before } of visibleParts(world, range, seenMs, options)) {
    for (let index = from; index < before; index++) {
      const status = day.statusAt(index, seenMs)
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
  }
  const count = (status: string): number => counts.get(status) ?? 0
  // The old table types all but the last one as String.
  const text = options.generation === "old" ? String : (value: number): number => value
  const content = {
    waiting: text(count("WAITING")),
    running: text(count("RUNNING")),
    complete: text(count("COMPLETE")),
    failure: text(count("FAILURE")),
    canceled: count("CANCELED"),
  }
  return {
    body: Buffer.from(JSON.stringify({ content: options.statisticShape === "array" ? [content] : content })),
    rows: 0,
  }
}
