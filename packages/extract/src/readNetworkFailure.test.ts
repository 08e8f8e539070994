/** What Node and undici throw, as seen; the ordinary cases meet real sockets in `Gateway.test.ts`. */
import { describe, expect, it } from "vitest"
import { readNetworkFailure } from "./readNetworkFailure.ts"

const coded = (code: string, message = "m", cause?: unknown) =>
  Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code })

describe("readNetworkFailure", () => {
  it.each([
    ["a refused connection", coded("ECONNREFUSED"), "ECONNREFUSED", "nothing listens there"],
    [
      "a connection that every address refused",
      Object.assign(new AggregateError([coded("ECONNREFUSED"), coded("EHOSTUNREACH")]), {}),
      "ECONNREFUSED",
      "nothing listens there",
    ],
    [
      "a name that does not exist",
      coded("ENOTFOUND", "getaddrinfo ENOTFOUND h"),
      "ENOTFOUND",
      "there is no such host",
    ],
    ["a reset", coded("ECONNRESET", "read ECONNRESET"), "ECONNRESET", "the connection was reset"],
    [
      "a reset inside of undici's own error",
      coded("UND_ERR_SOCKET", "other side closed", coded("ECONNRESET")),
      "ECONNRESET",
      "the connection was reset",
    ],
    [
      "a closed connection",
      coded("UND_ERR_SOCKET", "other side closed"),
      "UND_ERR_SOCKET",
      "before the answer was complete",
    ],
    [
      "no TLS",
      coded("ERR_SSL_WRONG_VERSION_NUMBER"),
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "no TLS could be agreed on",
    ],
    ["no HTTP", coded("HPE_INVALID_CONSTANT", "Expected HTTP/"), "HPE_INVALID_CONSTANT", "not HTTP"],
    ["what nobody has seen", coded("EODD", "odd\nthing"), "EODD", "odd thing"],
    ["what is no error", "odd", "UNKNOWN", "odd"],
  ])("says of %s what happened, and that it may pass", (_, cause, code, reason) => {
    const failure = readNetworkFailure(cause, "h:1", null)
    expect(failure).toMatchObject({ code, host: "h:1", transient: true })
    expect(failure.message).toContain(reason)
    expect(failure.message).toContain("h:1")
  })

  it.each([
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "ERR_TLS_CERT_ALTNAME_INVALID",
  ])("does not hope that the certificate gets better: %s", (code) => {
    const failure = readNetworkFailure(coded(code), "h:1", null)
    expect(failure.transient).toBe(false)
    expect(failure.message).toContain("NODE_EXTRA_CA_CERTS")
  })
})
