/**
 * What was found out about the gateway, from run to run: the archive remembers it, and what no longer fits is said. How
 * windows are understood decides about rows, so that a change of it is believed only when a later run finds it again.
 */
import * as Effect from "effect/Effect"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import type { WindowFacts } from "@vodstation-etl/extract/WindowFacts"
import {
  describeWindows,
  sameWindows,
  turned,
  windowsAsFacts,
  windowsFromFacts,
} from "@vodstation-etl/extract/WindowFacts"
import { Archive } from "@vodstation-etl/load/Archive"
import { GatewayChanged, WindowIgnored } from "./GatewayChanged.ts"

const suspectedBy = "suspected_by_run"
const suspect = (facts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [`suspected_${name}`, value]))

/** Has the list ask as the archive remembers. */
export const recallFacts = Effect.gen(function* () {
  const archive = yield* Archive
  const list = yield* StatusList
  const windows = windowsFromFacts(yield* archive.facts)
  if (windows !== undefined) list.learnWindows(windows)
})

/** The gateway answers with rows for a time of which there are none: it does so for windows told the wrong way round, or for all. */
export const turnWindows = Effect.fn("turnWindows")(function* (runId: string) {
  const list = yield* StatusList
  const other = turned(list.windows())
  if (!(yield* list.areWindows(other))) return yield* new WindowIgnored()
  yield* adoptWindows(other, runId)
})

/** Asks for windows in another way from now on, unless the archive remembers one that it was filled by. */
export const adoptWindows = Effect.fn("adoptWindows")(function* (found: WindowFacts, runId: string) {
  const archive = yield* Archive
  const list = yield* StatusList
  const facts = yield* archive.facts
  const remembered = windowsFromFacts(facts)
  if (remembered !== undefined && !sameWindows(remembered, found)) {
    const suspected = suspect(windowsAsFacts(found))
    const isConfirmed =
      Object.entries(suspected).every(([name, value]) => facts[name] === value) &&
      facts[suspectedBy] !== runId
    if (!isConfirmed) {
      yield* archive.keepFacts({ ...suspected, [suspectedBy]: runId })
      return yield* new GatewayChanged({
        remembered: describeWindows(remembered),
        found: describeWindows(found),
      })
    }
  }
  list.learnWindows(found)
  yield* Effect.logWarning(`Found out how this gateway understands a window: ${describeWindows(found)}.`)
})

/**
 * Keeps what the run has seen of the gateway, and says what is not as it was.
 *
 * @param joined whether days have joined their neighbours in this run, which alone shows that windows are understood
 */
export const rememberFacts = Effect.fn("rememberFacts")(function* (joined: boolean, runId: string) {
  const archive = yield* Archive
  const list = yield* StatusList
  const kept = yield* archive.facts
  const served = list.servedPageSize()
  const past = list.pastTheEnd()
  const windows = list.windows()
  const seen: Record<string, string> = {
    ...(served === undefined ? {} : { page_size_served: String(served) }),
    ...(past === undefined ? {} : { past_the_end: past }),
    ...(joined && windows.order !== undefined ? windowsAsFacts(windows) : {}),
  }
  for (const [name, what] of [
    ["page_size_served", "The largest page that this gateway serves"],
    ["past_the_end", "What this gateway answers past the last page"],
  ] as const) {
    if (kept[name] !== undefined && seen[name] !== undefined && kept[name] !== seen[name]) {
      yield* Effect.logWarning(`${what} has changed: ${kept[name]} until now, ${seen[name]} in this run.`)
    }
  }
  const fresh = Object.entries(seen).filter(([name, value]) => kept[name] !== value)
  // What an earlier run suspected is either believed by now, or was not found again. What this run suspects is for the next
  // one, even where other days of this run have joined as it was.
  const isSettled = joined && kept[suspectedBy] !== runId
  const suspicions = isSettled ? Object.keys(kept).filter((name) => name.startsWith("suspected_")) : []
  if (fresh.length + suspicions.length === 0) return
  yield* archive.keepFacts({
    ...Object.fromEntries(fresh),
    ...Object.fromEntries(suspicions.map((name) => [name, null])),
  })
})
