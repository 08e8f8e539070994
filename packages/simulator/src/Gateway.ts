/**
 * What happens to a request, from its arrival to the last byte of its answer: credentials, then faults and limits, then
 * the answer itself. Rows, total and Date of an answer are of one moment, after the latency.
 */
import type { IncomingMessage, ServerResponse } from "node:http"
import { chooseFault } from "./chooseFault.ts"
import type { CredentialCheck } from "./CredentialCheck.ts"
import { codedShapes, errorBody, errorShapes, type ErrorShape, type GatewayError } from "./errorBody.ts"
import { errorOfFault, type ErrorFault, type FaultKind } from "./FaultKind.ts"
import { RateGate } from "./RateGate.ts"
import { sendBroken, sendReply, type Reply } from "./Reply.ts"
import { seenRequest, type SeenRequest } from "./SeenRequest.ts"
import { hashOf, shareOf } from "./seededHash.ts"
import type { SimulatorClock } from "./SimulatorClock.ts"
import type { BehaviourOptions } from "./SimulatorOptions.ts"
import { StatsKeeper } from "./SimulatorStats.ts"
import { statisticAnswer } from "./statisticAnswer.ts"
import { statusAnswer, type Answer } from "./statusAnswer.ts"
import type { World } from "./World.ts"

const NOT_FOUND: GatewayError = { status: 404, errorCode: "300", message: "Not Found Exception" }

const isErrorFault = (kind: FaultKind): kind is ErrorFault => Object.hasOwn(errorOfFault, kind)

export class Gateway {
  readonly stats = new StatsKeeper()
  readonly #world: World
  readonly #clock: SimulatorClock
  readonly #credentials: CredentialCheck
  readonly #behaviour: () => BehaviourOptions
  readonly #rate = new RateGate()
  readonly #timers = new Set<NodeJS.Timeout>()
  #underWay = 0

  constructor(
    world: World,
    clock: SimulatorClock,
    credentials: CredentialCheck,
    behaviour: () => BehaviourOptions,
  ) {
    this.#world = world
    this.#clock = clock
    this.#credentials = credentials
    this.#behaviour = behaviour
  }

  /** Forgets answers that are still to come. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  handle(message: IncomingMessage, response: ServerResponse): void {
    this.#underWay++
    response.once("close", () => this.#underWay--)
    const target = message.url ?? ""
    const request = seenRequest(this.stats.sees(target, this.#underWay), message.method ?? "GET", target)
    const options = this.#behaviour()
    options.onRequest?.(request)
    const refusal = this.#credentials.check(
      request.method,
      target,
      message.headers,
      this.#clock.now(),
      options,
    )
    const fault = refusal === null ? chooseFault(request, options, this.#world.seed) : null
    if (fault !== null) this.stats.countFault(fault)
    const limit = refusal === null && fault === null ? this.#limit(options) : null
    const wait = options.latencyMs + (fault === "slow" ? options.slowMs : 0)
    this.#after(wait, () => {
      if (response.destroyed) return
      if (refusal !== null) {
        this.stats.refused++
        this.#sendError(response, request, { status: 401, ...refusal })
      } else if (limit !== null) {
        this.stats.errors++
        this.#sendError(response, request, limit)
      } else {
        this.#answer(response, request, fault, options)
      }
    })
  }

  #after(ms: number, run: () => void): void {
    if (ms <= 0) return run()
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, ms)
    this.#timers.add(timer)
  }

  #limit(options: BehaviourOptions): GatewayError | null {
    if (options.concurrentRequests !== null && this.#underWay > options.concurrentRequests) {
      return errorOfFault.rateLimited
    }
    if (
      options.requestsPerSecond !== null &&
      !this.#rate.admits(options.requestsPerSecond, performance.now())
    ) {
      return errorOfFault.throttled
    }
    return null
  }

  #answerTo(request: SeenRequest, nowMs: number, options: BehaviourOptions): Answer {
    if (request.method !== "GET") return NOT_FOUND
    if (request.path === "/api/v2/status") return statusAnswer(this.#world, request, nowMs, options)
    if (request.path === "/api/v2/status/status-statistic") {
      return statisticAnswer(this.#world, request, nowMs, options)
    }
    return NOT_FOUND
  }

  #answer(
    response: ServerResponse,
    request: SeenRequest,
    fault: FaultKind | null,
    options: BehaviourOptions,
  ): void {
    if (fault !== null && isErrorFault(fault)) {
      const shape = this.#faultShape(request, fault, options)
      this.#sendError(response, request, this.#faultError(request, fault), shape)
      return
    }
    const nowMs = this.#clock.now()
    const answer = this.#answerTo(request, nowMs, options)
    const good = "body" in answer
    const reply: Reply = good
      ? { status: 200, contentType: options.contentType, body: answer.body }
      : { status: answer.status, ...errorBody(answer, "nested") }
    switch (fault) {
      case null:
      case "slow":
        if (good) {
          this.stats.answered++
          this.stats.rowsServed += answer.rows
        } else {
          this.stats.errors++
        }
        sendReply(response, reply, nowMs, request.number)
        return
      case "html200":
      case "badGateway": {
        const status = fault === "html200" ? 200 : 502
        const page = { status, errorCode: "", message: status === 200 ? "Welcome" : "Bad Gateway" }
        sendReply(response, { status, ...errorBody(page, "html") }, nowMs, request.number)
        return
      }
      case "emptyAnswer":
        sendReply(response, { ...reply, body: "" }, nowMs, request.number)
        return
      case "trailingComma":
        sendReply(
          response,
          { ...reply, body: String(reply.body).replace(/(\}|\[)\],"total"/, '$1,],"total"') },
          nowMs,
          request.number,
        )
        return
      default:
        sendBroken(response, reply, nowMs, request.number, fault)
    }
  }

  #faultShape(request: SeenRequest, fault: ErrorFault, options: BehaviourOptions): ErrorShape {
    // What waiting does not heal, and what looks like success, must be told by its code.
    const needsCode = fault === "quota" || fault.startsWith("service")
    const allowed = options.errorShapes.length === 0 ? errorShapes : options.errorShapes
    const coded = allowed.filter(
      (shape) => !needsCode || (codedShapes as ReadonlyArray<string>).includes(shape),
    )
    return coded[hashOf(this.#world.seed, request.number, 73) % coded.length] ?? "nested"
  }

  #faultError(request: SeenRequest, fault: ErrorFault): GatewayError {
    const error = errorOfFault[fault]
    const as200 = fault.startsWith("service") && shareOf(this.#world.seed, request.number, 74) < 0.5
    return as200 ? { ...error, status: 200 } : error
  }

  #sendError(
    response: ServerResponse,
    request: SeenRequest,
    error: GatewayError,
    shape: ErrorShape = "nested",
  ): void {
    const { retryAfterSeconds } = this.#behaviour()
    const reply: Reply = {
      status: error.status,
      ...errorBody(error, shape),
      retryAfterSeconds: error.status === 429 ? retryAfterSeconds : null,
    }
    sendReply(response, reply, this.#clock.now(), request.number)
  }
}
