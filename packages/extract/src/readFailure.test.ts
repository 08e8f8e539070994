/** Which error each HTTP status and code amounts to (API facts, 3.1 to 3.3). */
import { AnswerUnreadable } from "@vodstation-etl/core/AnswerUnreadable"
import { describe, expect, it } from "vitest"
import type { GatewayError } from "./GatewayError.ts"
import { isTransient } from "./GatewayError.ts"
import { readFailure, unreadable } from "./readFailure.ts"

const now = Date.parse("2026-09-12T03:00:00Z")
const sent = {
  target: "/api/v2/status?pageNo=1&pageSizeNo=1000&workStartTimeFrom=1&workStartTimeTo=2",
  timestamp: now,
  accessKey: "ncp_iam_EXAMPLE00000000002",
  keySource: "NCLOUD_ACCESS_KEY_ID",
}
const signature = "IIvUfGYt61Mk5BlSU6HRNm/8+x72Ki+pB0kzc+Qx3DE="

const answerOf = (
  status: number,
  body: string,
  headers: Record<string, string | ReadonlyArray<string>> = {},
) => ({
  status,
  headers: { date: "Sat, 12 Sep 2026 03:00:00 GMT", ...headers },
  body: Buffer.from(body),
  receivedAt: now,
})
const errorBody = (code: string | null, message = "m") =>
  code === null ? "" : JSON.stringify({ error: { errorCode: code, message } })
const failureOf = (status: number, body: string, headers = {}): GatewayError => {
  const failure = readFailure(answerOf(status, body, headers), sent)
  expect(failure).toBeDefined()
  return failure!
}

const refusedAt = (aheadMs: number, code: string | null = "200") =>
  readFailure(answerOf(401, errorBody(code)), { ...sent, timestamp: now + aheadMs })!

describe("readFailure", () => {
  it.each([
    // The gateway's codes, under their own HTTP statuses (3.2).
    [400, "100", "BadRequest"],
    [401, "200", "CredentialsRefused unauthenticated"],
    [401, "210", "CredentialsRefused unsubscribed"],
    [404, "300", "BadRequest"],
    [413, "430", "BadRequest"],
    [429, "400", "QuotaSpent"],
    [429, "410", "Throttled"],
    [429, "420", "Throttled"],
    [503, "500", "GatewayBroken"],
    [504, "510", "GatewayBroken"],
    [500, "900", "GatewayBroken"],
    // The same with HTTP 200 (3.3, shape 8).
    [200, "100", "BadRequest"],
    [200, "200", "CredentialsRefused unauthenticated"],
    [200, "210", "CredentialsRefused unsubscribed"],
    [200, "300", "BadRequest"],
    [200, "400", "QuotaSpent"],
    [200, "410", "Throttled"],
    [200, "420", "Throttled"],
    [200, "500", "GatewayBroken"],
    [200, "510", "GatewayBroken"],
    [200, "900", "GatewayBroken"],
    // The service's codes, under whatever status (3.1).
    [200, "260000", "GatewayBroken"],
    [500, "260008", "GatewayBroken"],
    [400, "260009", "GatewayBroken"],
    [200, "260002", "BadRequest"],
    [400, "260002", "BadRequest"],
    [500, "260002", "BadRequest"],
    [200, "260003", "BadRequest"],
    [200, "260004", "BadRequest"],
    [404, "260004", "BadRequest"],
    [200, "260011", "BadRequest"],
    [400, "260025", "BadRequest"],
    [400, "260026", "BadRequest"],
    [400, "260027", "BadRequest"],
    [400, "260033", "BadRequest"],
    [200, "260006", "CredentialsRefused forbidden"],
    [403, "260010", "CredentialsRefused forbidden"],
    [401, "260010", "CredentialsRefused forbidden"],
    // Codes that nobody has told us of.
    [200, "260099", "GatewayBroken"],
    [400, "260099", "BadRequest"],
    [200, "SE01", "GatewayBroken"],
    // A code never stands for an HTTP status.
    [400, "400", "BadRequest"],
    [500, "400", "GatewayBroken"],
    [503, "200", "GatewayBroken"],
    [404, "410", "BadRequest"],
    // No body at all.
    [401, null, "CredentialsRefused unauthenticated"],
    [403, null, "CredentialsRefused forbidden"],
    [404, null, "BadRequest"],
    [408, null, "GatewayBroken"],
    [429, null, "Throttled"],
    [302, null, "BadRequest"],
    [500, null, "GatewayBroken"],
    [502, null, "GatewayBroken"],
    [529, null, "GatewayBroken"],
  ])("HTTP %i with code %s is %s", (status, code, expected) => {
    const failure = failureOf(status, errorBody(code))
    expect("kind" in failure ? `${failure._tag} ${failure.kind}` : failure._tag).toBe(expected)
    expect(isTransient(failure)).toBe(["Throttled", "GatewayBroken"].includes(failure._tag))
    expect(failure).toMatchObject({ status, code })
  })

  it.each([
    ["HTML", "<html><body><h1>502 Bad Gateway</h1></body></html>"],
    ["text", "upstream connect error"],
    ["Spring", '{"timestamp":1,"status":502,"error":"Bad Gateway","message":"x"}'],
  ])("a 502 as %s is the gateway's fault", (_, body) => {
    expect(failureOf(502, body)._tag).toBe("GatewayBroken")
  })

  it("goes by the status that a Spring body names where HTTP says 200", () => {
    expect(failureOf(200, '{"status":401,"error":"Unauthorized"}')._tag).toBe("CredentialsRefused")
    expect(failureOf(200, '{"status":429,"error":"Too Many Requests"}')._tag).toBe("Throttled")
  })

  it("knows a spent quota by its message where there is no code", () => {
    expect(failureOf(429, '{"status":429,"error":"Quota Exceeded"}')._tag).toBe("QuotaSpent")
  })

  it.each([
    ['{"content":[],"total":0}'],
    ['{"content":[],"total":0,"error":null}'],
    ['{"content":[],"total":0,"errorCode":"250013","message":"OPEN_API_OK"}'],
    ['{"content":[],"total":0,"error":{"errorCode":"250013","message":"OK"}}'],
    ["<html>a login page</html>"],
    [""],
  ])("finds no error in HTTP 200 with %s", (body) => {
    expect(readFailure(answerOf(200, body), sent)).toBeUndefined()
  })

  it("carries how long the gateway wants us to wait, by its own clock", () => {
    expect(failureOf(429, errorBody("410"), { "retry-after": "7" })).toMatchObject({ retryAfterMs: 7_000 })
    const date = "Sat, 12 Sep 2026 03:00:30 GMT"
    const dates = { date: "Sat, 12 Sep 2026 03:00:20 GMT", "retry-after": date }
    expect(failureOf(503, "", dates)).toMatchObject({ retryAfterMs: 10_000 })
    expect(failureOf(503, "")).toMatchObject({ retryAfterMs: null })
  })

  describe("a refused timestamp", () => {
    it.each([600_000, -600_000, 300_000, 296_000])(
      "is put down to the clock when it is %i ms off",
      (aheadMs) => {
        expect(refusedAt(aheadMs)).toMatchObject({ _tag: "ClockOff", aheadMs })
        expect(refusedAt(aheadMs, null)._tag).toBe("ClockOff")
      },
    )

    it.each([0, 200_000, -200_000])("is put down to the keys when it is %i ms off", (aheadMs) => {
      expect(refusedAt(aheadMs)._tag).toBe("CredentialsRefused")
    })

    it("is not put down to the clock where the gateway knows the key, or names no time", () => {
      expect(refusedAt(600_000, "210")).toMatchObject({ kind: "unsubscribed" })
      const answer = { ...answerOf(401, errorBody("200")), headers: {} }
      expect(readFailure(answer, { ...sent, timestamp: now + 600_000 })?._tag).toBe("CredentialsRefused")
    })

    it("says by how much", () => {
      expect(refusedAt(600_000).message).toContain("a time 10 min ahead of the gateway's clock")
      expect(refusedAt(-7_200_000).message).toContain("a time 2 h behind the gateway's clock")
    })
  })

  describe("messages", () => {
    it("tell code, message, details and trace id, and what to do", () => {
      const body = JSON.stringify({
        error: {
          errorCode: "210",
          message: "Permission Denied",
          details: "A subscription to the API is required.",
        },
      })
      expect(failureOf(401, body, { "x-ncp-trace-id": "trace-1" }).message).toBe(
        "The gateway refuses access key ncp_… from NCLOUD_ACCESS_KEY_ID: HTTP 401, error 210: Permission Denied. A subscription to the API is required. (trace id trace-1). The key is known, but its account has no subscription to VOD Station at this host. Check the subscription in the console, and the host (--site, VODSTATION_BASE_URL).",
      )
      expect(failureOf(200, errorBody("260006")).message).toContain("NCP_VOD_STATION_VIEWER")
      expect(failureOf(400, errorBody("260002", "input value error")).message).toContain(
        `GET ${sent.target}: HTTP 400, error 260002: input value error`,
      )
    })

    it.each([400, 401, 403, 429, 500, 200])(
      "hold no key and no signature that HTTP %i sends back",
      (status) => {
        const echo = `headers: x-ncp-iam-access-key=${sent.accessKey} x-ncp-apigw-signature-v2=${signature}`
        const headers = { "x-ncp-trace-id": echo }
        const failures = [
          failureOf(status === 200 ? 500 : status, echo, headers),
          failureOf(
            status,
            JSON.stringify({ error: { errorCode: echo, message: echo, details: `${echo}!` } }),
            headers,
          ),
          unreadable(
            new AnswerUnreadable({ reason: "it is no JSON", excerpt: echo }),
            answerOf(status, echo, headers),
            sent,
          ),
        ]
        for (const failure of failures) {
          const shown = `${failure.message} ${JSON.stringify(failure)} ${String(failure)} ${failure.stack}`
          expect(shown).toContain("x-ncp-iam-access-key")
          expect(shown).not.toContain(sent.accessKey)
          expect(shown).not.toContain(signature)
        }
      },
    )

    it("quote no more than 200 characters, and none that steer a terminal", () => {
      const failure = failureOf(500, `\u001b[31m${"x".repeat(5_000)}`)
      expect(failure.message).not.toContain("\u001b")
      expect(/x+/.exec(failure.message)?.[0].length).toBeLessThanOrEqual(200)
    })
  })
})
