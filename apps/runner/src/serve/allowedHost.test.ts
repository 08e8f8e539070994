/** By which names a server may be called, so that no page of somebody else's reads the archive through a name of its own. */
import { describe, expect, it } from "vitest"
import { allowedHostOf, isAllowedHost } from "./allowedHost.ts"

const onLoopback = { address: "127.0.0.1", port: 8420, alsoAllowed: [] }
const everywhere = { ...onLoopback, address: "0.0.0.0" }
const evil = [
  ...["evil.example", "evil.example:8420", "127.0.0.1.evil.example", "localhost.evil.example:8420"],
  ...[
    "",
    "a@127.0.0.1",
    "127.0.0.1, evil.example",
    "127.0.0.1/",
    "localhost:",
    "localhost:8420:1",
    "[::1",
    "0x7f.1",
  ],
]

describe("a server for this machine alone", () => {
  it.each(["127.0.0.1", "127.0.0.1:8420", "localhost", "LocalHost:8420", "[::1]", "[::1]:8420"])(
    "is called %s",
    (host) => {
      expect(isAllowedHost(host, onLoopback)).toBe(true)
    },
  )

  it.each([...evil, "localhost:8421", "127.0.0.1:80", "10.0.0.5", "10.0.0.5:8420"])(
    "is not called %j",
    (host) => {
      expect(isAllowedHost(host, onLoopback)).toBe(false)
    },
  )

  it("is not called without a name", () => {
    expect(isAllowedHost(undefined, onLoopback)).toBe(false)
  })

  it("is called by its own address", () => {
    expect(isAllowedHost("127.0.0.2:8420", { ...onLoopback, address: "127.0.0.2" })).toBe(true)
  })
})

describe("a server for others", () => {
  it.each(["10.0.0.5", "10.0.0.5:9000", "[fd00::5]:8420", "127.0.0.1:9000", "localhost:9000"])(
    "is called %s",
    (host) => {
      expect(isAllowedHost(host, everywhere)).toBe(true)
    },
  )

  it.each(evil)("is not called %j", (host) => {
    expect(isAllowedHost(host, everywhere)).toBe(false)
  })
})

it("further names are allowed with any port, or with the one that is given", () => {
  const alsoAllowed = ["reports.example.com", "other.example:8443"]
  const asked = [
    "reports.example.com",
    "Reports.Example.com:443",
    "other.example:8443",
    "other.example",
    "xreports.example.com",
  ]
  expect(asked.map((host) => isAllowedHost(host, { ...onLoopback, alsoAllowed }))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

it.each([
  ["Reports.Example.com", "reports.example.com"],
  ["reports.example.com:8443", "reports.example.com:8443"],
  ["[fd00::5]", "[fd00::5]"],
  ["https://reports.example.com", undefined],
  ["*", undefined],
  ["a b", undefined],
  ["", undefined],
])("--allow-host %s allows %s", (text, allowed) => {
  expect(allowedHostOf(text)).toBe(allowed)
})
