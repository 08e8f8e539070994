/**
 * Asks a running simulator in the name of its own key pair, each time with a timestamp of its own.
 */
import { Effect } from "effect"
import { signedGet, type PlainAnswer } from "./signedGet.ts"
import type { RunningSimulator } from "./Simulator.ts"

let asked = 0

export const get = (simulator: RunningSimulator, target: string): Effect.Effect<PlainAnswer> =>
  Effect.promise(() =>
    signedGet(target, { ...simulator, timestamp: simulator.world.now() + (asked++ % 100_000) }),
  )

export interface Page {
  readonly content: ReadonlyArray<Record<string, unknown>>
  readonly total: unknown
}

/** A page of `/api/v2/status`; `query` begins with a question mark or is empty. Dies where there is none. */
export const page = (simulator: RunningSimulator, query: string): Effect.Effect<Page> =>
  Effect.map(get(simulator, `/api/v2/status${query}`), ({ status, text }) => {
    if (status !== 200) throw new Error(`no page: ${status} ${text}`)
    return JSON.parse(text)
  })

/** HTTP status, code and, where there are some, details of an error of the documented shape. */
export const errorOf = ({ status, text }: PlainAnswer): ReadonlyArray<unknown> => {
  const { errorCode, details } = JSON.parse(text).error
  return details === undefined ? [status, errorCode] : [status, errorCode, details]
}
