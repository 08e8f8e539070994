import { describe, expect, it } from "vitest"
import { CredentialCheck } from "./CredentialCheck.ts"
import type { KeyPair } from "./KeyPair.ts"
import { signatureOf } from "./signatureOf.ts"

const NOW = 1_755_591_000_000
const TARGET = "/api/v2/status?pageNo=1&pageSizeNo=10"
const first: KeyPair = { accessKey: "FIRST", secretKey: "first secret" }
const second: KeyPair = { accessKey: "SECOND", secretKey: "둘째 비밀" }
const strict = { refuseCredentials: false, refuseReplays: true, timestampWindowMs: 300_000 } as const

const headersOf = (key: KeyPair, timestamp: number, target = TARGET) => ({
  "x-ncp-apigw-timestamp": String(timestamp),
  "x-ncp-iam-access-key": key.accessKey,
  "x-ncp-apigw-signature-v2": signatureOf({ method: "GET", target, timestamp: String(timestamp), ...key }),
})

const asks = (check: CredentialCheck, key: KeyPair, timestamp = NOW, nowMs = NOW) =>
  check.check("GET", TARGET, headersOf(key, timestamp), nowMs, strict)?.details ?? "accepted"

const INVALID = "Invalid authentication information."
const MISSING = "Authentication information are missing."

describe("CredentialCheck", () => {
  it("accepts each of several key pairs, and no other", () => {
    const check = new CredentialCheck([first, second])
    expect(asks(check, first)).toBe("accepted")
    expect(asks(check, second)).toBe("accepted")
    expect(asks(check, { accessKey: "THIRD", secretKey: "first secret" })).toBe(INVALID)
    expect(asks(check, { accessKey: "FIRST", secretKey: "another secret" })).toBe(INVALID)
  })

  it.each(["x-ncp-apigw-timestamp", "x-ncp-iam-access-key", "x-ncp-apigw-signature-v2"])(
    "says that the information is missing without %s",
    (name) => {
      const headers: Record<string, string> = headersOf(first, NOW)
      delete headers[name]
      const refusal = new CredentialCheck([first]).check("GET", TARGET, headers, NOW, strict)
      expect(refusal).toMatchObject({ errorCode: "200", details: MISSING })
    },
  )

  it("signs the target as received: another order or a bare question mark is another request", () => {
    const check = new CredentialCheck([first])
    const headers = headersOf(first, NOW)
    expect(check.check("GET", `${TARGET}&`, headers, NOW, strict)?.details).toBe(INVALID)
    expect(check.check("GET", "/api/v2/status?pageSizeNo=10&pageNo=1", headers, NOW, strict)?.details).toBe(
      INVALID,
    )
    expect(check.check("POST", TARGET, headers, NOW, strict)?.details).toBe(INVALID)
    expect(check.check("GET", TARGET, headers, NOW, strict)).toBeNull()
  })

  it("keeps to the five minutes on both sides", () => {
    const check = new CredentialCheck([first])
    expect(asks(check, first, NOW - 300_000)).toBe("accepted")
    expect(asks(check, first, NOW + 300_000)).toBe("accepted")
    expect(asks(check, first, NOW - 300_001)).toBe(INVALID)
    expect(asks(check, first, NOW + 300_001)).toBe(INVALID)
  })

  it("refuses what was accepted before, but not what was refused", () => {
    const check = new CredentialCheck([first])
    expect(asks(check, first, NOW, NOW - 400_000)).toBe(INVALID)
    expect(asks(check, first)).toBe("accepted")
    expect(asks(check, first)).toBe(INVALID)
    expect(asks(check, first, NOW + 1)).toBe("accepted")
    const headers = headersOf(first, NOW)
    expect(check.check("GET", TARGET, headers, NOW, { ...strict, refuseReplays: false })).toBeNull()
  })

  it("lets temporary keys expire by time and by number of requests, and takes new ones", () => {
    const timed = { ...first, expiresAtMs: NOW + 1_000 }
    const counted = { ...second, expiresAfterRequests: 2 }
    const check = new CredentialCheck([timed, counted])
    expect(asks(check, first, NOW, NOW + 999)).toBe("accepted")
    expect(asks(check, first, NOW + 1, NOW + 1_000)).toBe(INVALID)
    expect([1, 2, 3].map((n) => asks(check, second, NOW + n))).toEqual(["accepted", "accepted", INVALID])
    check.add(second)
    expect(asks(check, second, NOW + 4)).toBe("accepted")
    check.remove("SECOND")
    expect(asks(check, second, NOW + 5)).toBe(INVALID)
  })

  it("can refuse everyone in both documented ways", () => {
    const check = new CredentialCheck([first])
    const headers = headersOf(first, NOW)
    expect(check.check("GET", TARGET, headers, NOW, { ...strict, refuseCredentials: true })?.details).toBe(
      INVALID,
    )
    expect(
      check.check("GET", TARGET, headers, NOW, { ...strict, refuseCredentials: "unsubscribed" }),
    ).toEqual({
      errorCode: "210",
      message: "Permission Denied",
      details: "A subscription to the API is required.",
    })
  })
})
