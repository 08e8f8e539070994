/** What the gateway's client counts for OpenTelemetry. */
import * as Context from "effect/Context"
import * as Metric from "effect/Metric"

const requests = Metric.counter("vodstation.requests", {
  description: "Requests to the API, retries included",
  incremental: true,
})
const retries = Metric.counter("vodstation.retries", {
  description: "Requests that were not the first of their call",
  incremental: true,
})

/** @param attempt of its call, from 1 */
export const countRequest = (attempt: number): void => {
  requests.updateUnsafe(1, Context.empty())
  if (attempt > 1) retries.updateUnsafe(1, Context.empty())
}
