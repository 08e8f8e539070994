/**
 * Reads the body of an answer of `GET /status/status-statistic` (API facts, 2.2). The documentation's table calls its content
 * an array, its example shows an object, and the older table types most counts as text: all of them are understood.
 */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import { AnswerUnreadable } from "@vodstation-etl/core/AnswerUnreadable"
import { readInteger } from "@vodstation-etl/core/readInteger"

/** How many encodings of a window are in which status, over the whole account. */
export interface StatusCounts {
  readonly waiting: number
  readonly running: number
  readonly complete: number
  readonly failure: number
  readonly canceled: number
}

/** Reads a body. All five counts must be there: a count that is left out is not known to be 0. */
export const parseStatistic = (body: string): Result.Result<StatusCounts, AnswerUnreadable> => {
  const refuse = (reason: string) =>
    Result.fail(
      new AnswerUnreadable({ reason, excerpt: body.slice(0, 100).replace(/\s+/g, " ").toWellFormed() }),
    )
  const content = contentOf(body)
  if (content === undefined) return refuse("it is no JSON that holds a content of one object")
  const counts: Record<keyof StatusCounts, number> = {
    waiting: 0,
    running: 0,
    complete: 0,
    failure: 0,
    canceled: 0,
  }
  for (const name of statusNames) {
    const count = readInteger(content[name])
    if (typeof count !== "bigint" || count < 0n || count > BigInt(Number.MAX_SAFE_INTEGER)) {
      return refuse(`its ${name} is not a count`)
    }
    counts[name] = Number(count)
  }
  return Result.succeed(counts)
}

const statusNames = ["waiting", "running", "complete", "failure", "canceled"] as const

const contentOf = (body: string): { readonly [key: string]: unknown } | undefined => {
  let answer: unknown
  try {
    answer = JSON.parse(body.startsWith("\ufeff") ? body.slice(1) : body)
  } catch {
    return undefined
  }
  const content = Predicate.isReadonlyObject(answer) ? answer["content"] : undefined
  const only = Array.isArray(content) && content.length === 1 ? content[0] : content
  return Predicate.isReadonlyObject(only) && !Array.isArray(only) ? only : undefined
}
