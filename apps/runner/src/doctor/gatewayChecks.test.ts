/** What `doctor` finds out about good and bad gateways, and says to do. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { examine, openDoctorBench } from "./examine.fixture.ts"
import type { Workbench } from "../Workbench.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openDoctorBench()
})
afterAll(() => bench.close())

const ordinary = {
  ...{ swapped: false, toInclusive: true, pageCap: null, windowIgnored: false },
  reversedWindow: "empty",
  ...{ refuseCredentials: false, requestsPerSecond: null, quotaAfterRequests: null },
} as const
afterEach(() => {
  bench.simulator.setOptions(ordinary)
  bench.simulator.setNow(Date.now())
})

describe("the gateway", () => {
  it.each([
    [
      "takes From and To the other way round",
      { swapped: true },
      "workStartTimeTo carries the start, both ends belong to a window",
    ],
    [
      "does so, and answers reversed windows with everything",
      { swapped: true, reversedWindow: "all" },
      "workStartTimeTo carries the start, both ends belong to a window",
    ],
    [
      "leaves the end out of a window",
      { toInclusive: false },
      "workStartTimeFrom carries the start, the start belongs to a window, the end does not, or is cut",
    ],
  ] as const)("that %s is understood", async (_, behaviour, says) => {
    bench.simulator.setOptions(behaviour)
    const { code, well, warnings } = await examine(bench)
    expect([code, warnings, well.windows]).toEqual([0, [], says])
  })

  it("that serves small pages is understood, and asked for no more than it takes", async () => {
    bench.simulator.setOptions({ pageCap: 200 })
    const { code, well, report } = await examine(bench)
    expect([code, well["page size"]]).toEqual([
      0,
      "200 rows at most, of 1000 asked for; pages are counted by that",
    ])
    bench.simulator.setOptions({ pageCap: 300, abovePageCap: "refuse" })
    expect((await examine(bench)).well["page size"]).toBe("250 rows are served, more (1000) are refused")
    bench.simulator.setOptions({ abovePageCap: "clamp" })
    expect(report.requests).toBeLessThanOrEqual(35)
  })

  it("that ignores windows is found out", async () => {
    bench.simulator.setOptions({ windowIgnored: true })
    const { code, failed } = await examine(bench)
    expect([code, failed]).toEqual([
      1,
      [
        [
          "windows",
          expect.stringMatching(/^The gateway answers with encodings although a time was asked for of which/),
        ],
      ],
    ])
  })

  it("whose clock is another is a warning, and still asked", async () => {
    bench.simulator.setNow(Date.now() + 17 * 60_000)
    const { code, warnings, well } = await examine(bench)
    expect([code, well.signature, warnings]).toEqual([
      0,
      "accepted",
      [
        [
          "clock",
          "This machine's clock is 17 min behind the gateway's. Requests are signed with the gateway's time all the same; set the clock, by NTP for example.",
        ],
      ],
    ])
  })

  it("that refuses the credentials is exit 3, and the rest is looked at all the same", async () => {
    bench.simulator.setOptions({ refuseCredentials: true })
    const { code, failed, well, report } = await examine(bench)
    expect([code, report.outcome]).toEqual([3, "failed"])
    expect(failed).toEqual([
      [
        "signature",
        expect.stringMatching(
          /^The gateway refuses access key SIMU… from NCLOUD_ACCESS_KEY_ID: HTTP 401, error 200.*Check that the two keys belong together/,
        ),
      ],
    ])
    expect(report.checks.find((check: { error: string }) => check.error !== null).error).toBe(
      "CredentialsRefused",
    )
    expect(well).toMatchObject({ clock: "agrees with the gateway's", rights: expect.anything() })
  })

  it("whose quota is spent is exit 4", async () => {
    bench.simulator.setOptions({ quotaAfterRequests: 0 })
    const { code, failed } = await examine(bench)
    expect([code, failed]).toEqual([
      4,
      [["list", expect.stringMatching(/^The account's quota of API calls is spent/)]],
    ])
  })

  it("that is not there is one line, and not waited for", async () => {
    const began = performance.now()
    const { code, failed, report } = await examine(bench, {
      env: { VODSTATION_BASE_URL: "http://127.0.0.1:1" },
    })
    expect([code, failed]).toEqual([
      1,
      [["reach", expect.stringMatching(/^No answer from 127\.0\.0\.1:1: .*Check the network/)]],
    ])
    expect(performance.now() - began).toBeLessThan(8_000)
    expect(report.requests).toBe(1)
  })
})
