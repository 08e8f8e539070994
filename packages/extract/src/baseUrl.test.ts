import { ConfigProvider, Effect, Result } from "effect"
import { describe, expect, it } from "vitest"
import { baseUrl, parseBaseUrl } from "./baseUrl.ts"
import type { Site } from "./baseUrl.ts"
import { statusTarget } from "./statusTarget.ts"

const withEnvironment = (env: Record<string, string>, site?: Site) =>
  Effect.runSync(
    Effect.result(baseUrl(site)).pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))),
  )

describe("baseUrl", () => {
  it.each([
    [undefined, "https://vodstation.apigw.ntruss.com"],
    ["public", "https://vodstation.apigw.ntruss.com"],
    ["gov", "https://vod-station.apigw.gov-ntruss.com"],
    ["fin", "https://vodstation.apigw.fin-ntruss.com"],
  ] as const)("is that of site %s", (site, origin) => {
    expect(Result.getOrThrow(withEnvironment({}, site)).origin).toBe(origin)
    expect(Result.getOrThrow(withEnvironment({ VODSTATION_BASE_URL: "  " }, site)).origin).toBe(origin)
  })

  it("is VODSTATION_BASE_URL where that is set", () => {
    expect(
      Result.getOrThrow(withEnvironment({ VODSTATION_BASE_URL: " http://127.0.0.1:4321 " }, "gov")),
    ).toEqual({
      origin: "http://127.0.0.1:4321",
      host: "127.0.0.1:4321",
      pathPrefix: "",
    })
  })

  it("says what is wrong with VODSTATION_BASE_URL", () => {
    const refused = withEnvironment({ VODSTATION_BASE_URL: "vodstation" })
    expect(Result.isFailure(refused) && refused.failure._tag).toBe("InvalidBaseUrl")
    expect(Result.isFailure(refused) && refused.failure.message).toContain(
      "VODSTATION_BASE_URL vodstation: not an address",
    )
  })
})

describe("parseBaseUrl", () => {
  it.each([
    ["https://vodstation.apigw.ntruss.com", "https://vodstation.apigw.ntruss.com", ""],
    ["https://vodstation.apigw.ntruss.com/", "https://vodstation.apigw.ntruss.com", ""],
    ["https://vodstation.apigw.ntruss.com/api/v2", "https://vodstation.apigw.ntruss.com", ""],
    ["https://relay.example.com:8443/vod/", "https://relay.example.com:8443", "/vod"],
    ["https://relay.example.com/vod/api/v2/", "https://relay.example.com", "/vod"],
    ["http://localhost:1234", "http://localhost:1234", ""],
    ["http://127.0.0.1:1234", "http://127.0.0.1:1234", ""],
    ["http://127.9.8.7", "http://127.9.8.7", ""],
    ["http://[::1]:1234", "http://[::1]:1234", ""],
  ])("takes %s", (text, origin, pathPrefix) => {
    expect(Result.getOrThrow(parseBaseUrl(text))).toMatchObject({ origin, pathPrefix })
  })

  it.each([
    "http://vodstation.apigw.ntruss.com",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://128.0.0.1",
    "http://[::2]",
    "http://0.0.0.0:80",
    "ftp://127.0.0.1",
    "https://vodstation.apigw.ntruss.com?x=1",
    "https://vodstation.apigw.ntruss.com/#top",
    "vodstation.apigw.ntruss.com",
    "https://",
    "",
  ])("refuses %s", (text) => {
    expect(Result.isFailure(parseBaseUrl(text))).toBe(true)
  })

  it.each(["https://user:hunter2@h.example.com", "http://user:hunter2@[", "user:hunter2@h.example.com"])(
    "does not show the password of %s",
    (text) => {
      const refused = parseBaseUrl(text)
      expect(Result.isFailure(refused) && refused.failure.message).not.toContain("hunter2")
      expect(Result.isFailure(refused) && refused.failure.message).toContain("VODSTATION_BASE_URL")
    },
  )
})

describe("statusTarget", () => {
  it("is one fixed order of whole numbers, after the prefix", () => {
    const request = { pageNo: 2, pageSizeNo: 100, from: 1755590820000, to: 1755591000000 }
    const target =
      "/api/v2/status?pageNo=2&pageSizeNo=100&workStartTimeFrom=1755590820000&workStartTimeTo=1755591000000"
    expect(statusTarget("", request)).toBe(target)
    expect(statusTarget("/vod", request)).toBe(`/vod${target}`)
  })
})
