/** What `doctor` says of settings. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { examine, openDoctorBench, placeOf } from "./examine.fixture.ts"
import type { Workbench } from "../Workbench.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openDoctorBench()
})
afterAll(() => bench.close())

describe("each setting is shown with where it is from", () => {
  it("be it a flag, the environment, .env, a profile or the default, and secrets are not", async () => {
    const password = decodeURIComponent(new URL(bench.databaseUrl).password)
    const { report } = await examine(
      bench,
      {
        env: { NCLOUD_ACCESS_KEY_ID: "", NCLOUD_SECRET_ACCESS_KEY: "", DATABASE_URL: "" },
        files: {
          ".env": `DATABASE_URL=${bench.databaseUrl}\nVODSTATION_SCHEMA=of_the_file\nHTTPS_PROXY=http://me:pass-of-proxy@p:1\nOTEL_EXPORTER_OTLP_ENDPOINT=http://me:pass-of-otel@collector.test:4318/x\n`,
          ".ncloud/configure": `[news]\nncloud_access_key_id=${bench.simulator.accessKey}\nncloud_secret_access_key=${bench.simulator.secretKey}\n`,
        },
      },
      ["--profile", "news"],
    )
    expect(report.settings).toEqual([
      { name: "credentials", value: "access key SIMU…", from: "profile news of ~/.ncloud/configure" },
      { name: "API", value: bench.simulator.baseUrl, from: "VODSTATION_BASE_URL" },
      { name: "proxy", value: "none for this host", from: "HTTPS_PROXY in .env" },
      { name: "database", value: placeOf(bench), from: "DATABASE_URL in .env" },
      { name: "schema", value: "doctor", from: "VODSTATION_SCHEMA" },
      { name: "time zone", value: "the archive's, Asia/Seoul for a new one", from: "default" },
      { name: "telemetry", value: "collector.test:4318", from: "OTEL_EXPORTER_OTLP_ENDPOINT in .env" },
    ])
    for (const secret of [
      password,
      bench.simulator.secretKey,
      bench.simulator.accessKey,
      ...["pass-of-proxy", "pass-of-otel"],
    ])
      expect(JSON.stringify(report)).not.toContain(secret)
  })

  it("a profile that is not used is a warning", async () => {
    const { code, warnings } = await examine(bench, {}, ["--profile", "news"])
    expect([code, warnings]).toEqual([
      0,
      [
        [
          "credentials",
          "access key SIMU… (NCLOUD_ACCESS_KEY_ID), and not profile news: unset NCLOUD_ACCESS_KEY_ID to use the profile.",
        ],
      ],
    ])
  })
})

describe("without credentials", () => {
  it("exit is 2, and everything else is looked at", async () => {
    const asked = bench.simulator.stats().requests
    const { code, failed, well } = await examine(bench, {
      env: { NCLOUD_ACCESS_KEY_ID: "", NCLOUD_SECRET_ACCESS_KEY: "" },
    })
    expect([code, failed]).toEqual([
      2,
      [["credentials", expect.stringMatching(/^No credentials found; looked in the environment/)]],
    ])
    expect(Object.keys(well)).toEqual(
      expect.arrayContaining(["reach", "clock", "database", "rights", "archive", "temporary"]),
    )
    expect(bench.simulator.stats().requests - asked).toBe(1)
  })

  it("nor any other setting that can be used, each is named", async () => {
    const { code, failed } = await examine(bench, {
      env: {
        ...{ NCLOUD_SECRET_ACCESS_KEY: "" },
        VODSTATION_BASE_URL: "http://h.test",
        VODSTATION_SCHEMA: "Vod",
      },
    })
    expect([code, failed.map(([name]) => name)]).toEqual([2, ["credentials", "API", "archive"]])
  })
})
