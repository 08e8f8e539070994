/** Keeps watch over what is sent to a collector: what of it never arrived, and why. */
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"

/** For one attempt to send; a collector is near. */
const attemptTimeout = "2 seconds"

const noAnswer = "no answer in time"

export class OtlpDelivery {
  /** Bodies that were sent, at least once, and not taken yet. */
  private readonly open = new Set<unknown>()
  private collector = "the collector"
  private reason = noAnswer
  private ended = false

  /** From now on nothing new is sent; counters are, once more, as they were. */
  runHasEnded(): void {
    this.ended = true
  }

  /** A client that sends as the other one does, and tells this. */
  readonly watch = (client: HttpClient.HttpClient): HttpClient.HttpClient =>
    HttpClient.transform(client, (sending, request) =>
      Effect.suspend(() => {
        if (!this.ended) this.open.add(request.body)
        this.collector = URL.parse(request.url)?.host ?? this.collector
        return sending
      }).pipe(
        Effect.timeoutOrElse({
          duration: attemptTimeout,
          orElse: () => {
            const reason = new HttpClientError.TransportError({ request, description: noAnswer })
            return Effect.fail(new HttpClientError.HttpClientError({ reason }))
          },
        }),
        Effect.tap(({ status }) =>
          Effect.sync(() => {
            if (status >= 200 && status < 300) this.open.delete(request.body)
            else this.reason = `HTTP ${status}`
          }),
        ),
        Effect.tapError((error) => Effect.sync(() => void (this.reason = reasonOf(error)))),
      ),
    )

  /** A line about what was lost; undefined if nothing was. */
  get lost(): string | undefined {
    if (this.open.size === 0) return undefined
    return `Not all telemetry reached ${this.collector} (${this.reason}). The run itself is not concerned; see that a collector listens at OTEL_EXPORTER_OTLP_ENDPOINT, or unset it.`
  }
}

/** The code of the network error, if there is one: a message might quote a header. */
const reasonOf = ({ reason }: HttpClientError.HttpClientError): string => {
  if (reason.description === noAnswer) return noAnswer
  for (let cause = reason.cause; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code
  }
  return reason._tag
}
