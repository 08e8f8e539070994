/** A collector on loopback, for tests: takes traces, metrics and logs as OTLP in JSON, and tells what came. */
import { createServer } from "node:http"
import type { IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"

export interface ReceivedSpan {
  readonly name: string
  readonly id: string
  readonly parent: ReceivedSpan | undefined
  readonly attributes: Readonly<Record<string, unknown>>
  readonly failed: boolean
  readonly events: ReadonlyArray<string>
  readonly startedAt: bigint
  readonly endedAt: bigint
}

export interface OtlpReceiver {
  readonly url: string
  /** All that came, as it came: paths, headers and bodies. */
  readonly text: () => string
  readonly headers: () => ReadonlyArray<IncomingHttpHeaders>
  readonly spans: () => ReadonlyArray<ReceivedSpan>
  /** The last value of every counter: `vodstation.rows kind=read`. */
  readonly counters: () => Readonly<Record<string, number>>
  readonly logs: () => ReadonlyArray<{
    readonly message: unknown
    readonly level: string
    readonly attributes: Readonly<Record<string, unknown>>
  }>
  /** Attributes of the resource, which must be the same each time. */
  readonly resource: () => Readonly<Record<string, unknown>>
  readonly forget: () => void
  readonly close: () => Promise<void>
}

/** @param status what it answers with; `slow` for 200 after a while, `hang` for no answer at all */
export const startOtlpReceiver = async (status: number | "slow" | "hang" = 200): Promise<OtlpReceiver> => {
  let received: Array<{ path: string; headers: IncomingHttpHeaders; body: any }> = []
  const server = createServer((request, response) => {
    let text = ""
    request.setEncoding("utf8").on("data", (part: string) => (text += part))
    request.on("end", () => {
      const isJson = request.headers["content-type"] === "application/json"
      received.push({
        path: request.url ?? "",
        headers: request.headers,
        body: isJson ? JSON.parse(text) : {},
      })
      if (status === "hang") return
      const answer = () => {
        response.writeHead(status === "slow" ? 200 : status, { "content-type": "application/json" })
        response.end("{}")
      }
      if (status === "slow") setTimeout(answer, 700)
      else answer()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const bodies = (path: string) => received.filter((one) => one.path === path).map(({ body }) => body)

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    text: () => JSON.stringify(received),
    headers: () => received.map(({ headers }) => headers),
    spans: () => spansOf(bodies("/v1/traces")),
    counters: () =>
      Object.fromEntries(
        bodies("/v1/metrics")
          .flatMap((body) => within(body, "resourceMetrics", "scopeMetrics", "metrics"))
          .flatMap((metric) =>
            metric.sum.dataPoints.map((point: any) => {
              const labels = Object.entries(valuesOf(point.attributes)).map(
                ([key, value]) => ` ${key}=${String(value)}`,
              )
              return [`${metric.name}${labels.join("")}`, point.asDouble]
            }),
          ),
      ),
    logs: () =>
      bodies("/v1/logs")
        .flatMap((body) => within(body, "resourceLogs", "scopeLogs", "logRecords"))
        .map((record) => ({
          message: record.body.stringValue,
          level: record.severityText,
          attributes: valuesOf(record.attributes),
        })),
    resource: () => {
      const all = received
        .flatMap(({ body }) => Object.values<any>(body).flat())
        .map(({ resource }) => JSON.stringify(valuesOf(resource.attributes)))
      if (new Set(all).size !== 1) throw new Error(`not one resource: ${all.join("\n")}`)
      return JSON.parse(all[0]!)
    },
    forget: () => {
      received = []
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const within = (body: any, ...path: ReadonlyArray<string>): ReadonlyArray<any> =>
  path.reduce<ReadonlyArray<any>>((found, key) => found.flatMap((one) => one[key] ?? []), [body])

const valuesOf = (attributes: ReadonlyArray<{ key: string; value: object }>) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] as unknown]))

const errorStatus = 2

const spansOf = (bodies: ReadonlyArray<any>): ReadonlyArray<ReceivedSpan> => {
  const raw = bodies.flatMap((body) => within(body, "resourceSpans", "scopeSpans", "spans"))
  const parents = new Map(raw.map((span) => [span.spanId, span.parentSpanId]))
  const spans = new Map<string, ReceivedSpan>()
  for (const span of raw) {
    spans.set(span.spanId, {
      name: span.name,
      id: span.spanId,
      get parent() {
        return spans.get(parents.get(span.spanId))
      },
      attributes: valuesOf(span.attributes),
      failed: span.status.code === errorStatus,
      events: span.events.map((event: { name: string }) => event.name),
      startedAt: BigInt(span.startTimeUnixNano),
      endedAt: BigInt(span.endTimeUnixNano),
    })
  }
  return [...spans.values()]
}
