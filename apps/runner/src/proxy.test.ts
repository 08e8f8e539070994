/** `HTTPS_PROXY` and `NO_PROXY` with the whole program: a real proxy and real TLS on loopback, before a simulated gateway. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ConnectProxy, TlsFront } from "@vodstation-etl/extract/connectProxy.fixture"
import { startConnectProxy, startTlsFront } from "@vodstation-etl/extract/connectProxy.fixture"
import { certificate } from "@vodstation-etl/extract/selfMadeCertificate.fixture"
import type { CsvBench } from "./CsvBench.fixture.ts"
import { openCsvBench } from "./CsvBench.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"

let bench: CsvBench
let front: TlsFront
let proxy: ConnectProxy
let folder: string

beforeAll(async () => {
  bench = await openCsvBench({ firstDay: "2026-08-01", days: 2, rowsPerDay: 100, stuckShare: 0 })
  front = await startTlsFront(bench.simulator.baseUrl)
  proxy = await startConnectProxy({ targetPort: front.port, login: "user:hunter2" })
  folder = mkdtempSync(join(tmpdir(), "vodstation-proxy-"))
  writeFileSync(join(folder, "certificate.pem"), certificate)
})
afterAll(async () => {
  await proxy.close()
  await front.close()
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
})

const environment = (changes: Readonly<Record<string, string>>) => ({
  // A name that nobody but the proxy can find.
  VODSTATION_BASE_URL: "https://gateway.example.test",
  NCLOUD_ACCESS_KEY_ID: bench.simulator.accessKey,
  NCLOUD_SECRET_ACCESS_KEY: bench.simulator.secretKey,
  NODE_EXTRA_CA_CERTS: join(folder, "certificate.pem"),
  ...changes,
})

const withLogin = (login: string) => proxy.url.replace("//", `//${login}@`)

describe("HTTPS_PROXY", () => {
  it("is the way to the gateway, and its password is told nowhere", async () => {
    const run = await bench.backfill(
      "through",
      ["--page-size", "10", "--log-level", "all"],
      environment({ HTTPS_PROXY: withLogin("user:hunter2") }),
    )
    expect(run.code).toBe(0)
    expect(await bench.view("through").lines()).toEqual(bench.truth())
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(new Set(proxy.asked)).toEqual(new Set(["gateway.example.test:443"]))
    expect(proxy.plain).toEqual([])
    const encoded = Buffer.from("user:hunter2").toString("base64")
    for (const secret of ["hunter2", encoded]) expect(run.stdout + run.stderr).not.toContain(secret)
  })

  it("that does not accept the password is named, and what to do, at once", async () => {
    const run = await bench.backfill("refused", [], environment({ HTTPS_PROXY: withLogin("user:hunter3") }))
    expect([run.code, run.stdout]).toEqual([1, ""])
    expect(run.stderr).toBe(
      `vodstation-etl: No answer from gateway.example.test through the proxy ${new URL(proxy.url).host}: the proxy wants a name and password, or does not accept those that it got (HTTP 407). Put the right ones into HTTPS_PROXY, as in http://NAME:PASSWORD@HOST:PORT, special characters percent-encoded. [NetworkFailed]\n`,
    )
  })

  it("that is no address is one line and exit 2, and nothing of it is told", async () => {
    const asked = bench.simulator.stats().requests
    const run = await bench.backfill("invalid", [], environment({ HTTPS_PROXY: "socks5://user:hunter2@p:1" }))
    expect([run.code, run.stdout]).toEqual([2, ""])
    expect(run.stderr).toBe(
      "vodstation-etl: HTTPS_PROXY: only proxies with http:// or https:// are supported; give the address of such a one. [InvalidSetting]\n",
    )
    expect(bench.simulator.stats().requests).toBe(asked)
  })
})

describe("no proxy", () => {
  // Nothing listens at port 1.
  const nowhere = Object.fromEntries(
    ["HTTPS_PROXY", "HTTP_PROXY", "http_proxy", "ALL_PROXY"].map((name) => [name, "http://127.0.0.1:1"]),
  )

  it("is between us and this machine itself", async () => {
    const { baseUrl } = bench.simulator
    const plain = await bench.backfill("plain", [], environment({ ...nowhere, VODSTATION_BASE_URL: baseUrl }))
    expect([plain.code, plain.stderr]).toEqual([0, ""])
    const byTls = `https://localhost:${front.port}`
    const tls = await bench.backfill("tls", [], environment({ ...nowhere, VODSTATION_BASE_URL: byTls }))
    expect([tls.code, tls.stderr]).toEqual([0, ""])
  })

  it("is asked where NO_PROXY names the host", async () => {
    const before = proxy.asked.length
    const run = await runProgram(
      ["backfill", "--from", "2026-08-01", "--archive", "csv", "--out", "exempt", "--log-level", "debug"],
      {
        env: environment({ HTTPS_PROXY: withLogin("user:hunter3"), NO_PROXY: "a, .example.test:443" }),
        // Without the proxy nobody finds that name; there is no need to wait for all the attempts.
        onStderr: (text, kill) => {
          if (text.includes("Attempt 1 failed")) kill("SIGTERM")
        },
      },
    )
    expect(run.stderr).toMatch(/Attempt 1 failed, [^\n]* No answer from gateway\.example\.test: /)
    expect(proxy.asked.length).toBe(before)
  })
})
