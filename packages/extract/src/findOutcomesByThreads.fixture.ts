/**
 * `findOutcomes` with its largest part shared among threads. Each goes through all but the last of the moves by itself, which
 * numbers the situations alike in all of them, and then through the last move in those of its share.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import type { FoundOutcomes } from "./exploreNights.fixture.ts"
import { findOutcomes } from "./exploreNights.fixture.ts"
import { type AllOutcomes, together } from "./IdentityOutcomes.fixture.ts"
import type { SmallGateway } from "./replayReading.fixture.ts"
import type { SmallBounds } from "./SmallWorld.fixture.ts"

interface Task {
  readonly gateway: Omit<SmallGateway, "settled">
  readonly bounds: SmallBounds
  readonly share: { readonly part: number; readonly of: number }
}

export const findOutcomesByThreads = async (
  gateway: Omit<SmallGateway, "settled">,
  bounds: SmallBounds,
  threads: number,
): Promise<FoundOutcomes> => {
  const parts = Array.from({ length: threads }, (_, part) =>
    findShare({ gateway, bounds, share: { part, of: threads } }),
  )
  const found = await Promise.all(parts)
  return {
    before: merged(found.map(({ before }) => before)),
    after: merged(found.map(({ after }) => after)),
  }
}

const findShare = (task: Task): Promise<FoundOutcomes> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task })
    worker.on("message", resolve).on("error", reject)
    worker.on("exit", (code) => reject(new Error(`a thread ended with ${code}`)))
  })

/** Effort is that of all threads; of the worlds, each of which may occur to several, as many as occurred to one. */
const merged = (parts: ReadonlyArray<AllOutcomes>): AllOutcomes => {
  const sum = (count: "met" | "runs") => parts.reduce((total, part) => total + part[count], 0)
  return {
    outcomes: together(parts.map(({ outcomes }) => outcomes)),
    worlds: Math.max(...parts.map(({ worlds }) => worlds)),
    mostRequests: Math.max(...parts.map(({ mostRequests }) => mostRequests)),
    met: sum("met"),
    runs: sum("runs"),
  }
}

const isTask = (data: unknown): data is Task =>
  typeof data === "object" && data !== null && "share" in data && "bounds" in data

if (!isMainThread && isTask(workerData)) {
  const { gateway, bounds, share } = workerData
  // A port between threads has no origins.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(findOutcomes(gateway, bounds, share))
}
