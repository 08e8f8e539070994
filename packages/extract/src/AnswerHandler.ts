/**
 * Takes one answer as undici hands it on, piece by piece, and measures how long the gateway took for it. The measure begins
 * when the request goes out: neither a free connection nor a new one's handshakes are waited for in it.
 */
import { performance } from "node:perf_hooks"
import type { Dispatcher } from "@effect/platform-node/Undici"
import { AnswerBody } from "./AnswerBody.ts"
import type { Wait } from "./LatencyTrend.ts"

/** An answer, all of its body. */
export interface CollectedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: AnswerBody
  readonly wait: Wait
}

interface Moment {
  readonly at: number
  readonly idle: number
}

/** Now, and how long this process has had nothing to do in all, ms. */
const moment = (): Moment => ({
  at: performance.now(),
  idle: performance.eventLoopUtilization().idle,
})

export class AnswerHandler implements Dispatcher.DispatchHandler {
  private readonly onAnswer: (answer: CollectedAnswer) => void
  private readonly onFailure: (error: Error) => void
  private controller: Dispatcher.DispatchController | undefined
  private given: Error | undefined
  private sent: Moment | undefined
  private head: Omit<CollectedAnswer, "body"> | undefined
  private body: AnswerBody | undefined

  constructor(onAnswer: (answer: CollectedAnswer) => void, onFailure: (error: Error) => void) {
    this.onAnswer = onAnswer
    this.onFailure = onFailure
  }

  /** Gives the request up, whether it has gone out or not. */
  giveUp(): void {
    this.given = new Error("given up")
    this.controller?.abort(this.given)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.given !== undefined) return controller.abort(this.given)
    this.sent = moment()
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | Array<string> | undefined>,
  ): void {
    // Answers below 200 only say that one is to come.
    if (status < 200) return
    const now = moment()
    const sent = this.sent ?? now
    this.head = { status, headers, wait: { elapsedMs: now.at - sent.at, idleMs: now.idle - sent.idle } }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.body ??= new AnswerBody(this.head?.headers["content-length"])
    this.body.push(chunk)
  }

  onResponseEnd(): void {
    if (this.head !== undefined) this.onAnswer({ ...this.head, body: this.body ?? new AnswerBody() })
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.onFailure(error)
  }
}
