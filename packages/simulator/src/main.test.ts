import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, it } from "vitest"
import { signedGet } from "./signedGet.ts"

const program = fileURLToPath(new URL("main.ts", import.meta.url))
const started = new Set<ChildProcessWithoutNullStreams>()

afterEach(() => {
  for (const child of started) child.kill("SIGKILL")
  started.clear()
})

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const start = (flags: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, [program, ...flags], {
    // Compiling is half of what a short run takes.
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), `vodstation-compiled-${process.getuid?.() ?? ""}`),
    },
  })
  started.add(child)
  let stdout = ""
  let stderr = ""
  const line = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8")
      if (stdout.includes("\n")) resolve(stdout)
    })
  })
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")))
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }))
  })
  return { child, line, ended }
}

describe("the program", () => {
  it("prints one line of JSON, serves what it was told to, and exits 0 on SIGTERM", async () => {
    const flags = ["--first-day", "2025-09-01", "--days", "2", "--rows-per-day", "30", "--page-cap", "25"]
    const { child, line, ended } = start([
      ...flags,
      "--now",
      "2025-09-05T12:00:00+09:00",
      "--generation",
      "old",
    ])
    const simulator = JSON.parse(await line)
    expect(Object.keys(simulator)).toEqual(["baseUrl", "accessKey", "secretKey"])
    const timestamp = Date.parse("2025-09-05T12:00:00+09:00")
    const { text } = await signedGet("/api/v2/status?pageSizeNo=100", { ...simulator, timestamp })
    const { content, total } = JSON.parse(text)
    expect([content.length, total, typeof content[0].categoryId]).toEqual([25, "60", "string"])
    const stopping = performance.now()
    child.kill("SIGTERM")
    const { code, stdout, stderr } = await ended
    expect(performance.now() - stopping).toBeLessThan(5_000)
    expect({ code, stderr, lines: stdout.split("\n").length }).toEqual({ code: 0, stderr: "", lines: 2 })
  })

  it("exits 0 on SIGINT", async () => {
    const { child, line, ended } = start(["--days", "1"])
    await line
    child.kill("SIGINT")
    expect((await ended).code).toBe(0)
  })

  it("stops with its standard input where it is told to", async () => {
    const { child, line, ended } = start(["--days", "1", "--stop-with-stdin"])
    await line
    child.stdin.end()
    expect(await ended).toMatchObject({ code: 0, stderr: "" })
  })

  it.each([
    [["--drift", "3"], "--drift"],
    [["--generation", "new"], "--generation"],
    [["--now", "yesterday"], "--now"],
    [["--fault-kinds", "throttled,earthquake"], "--fault-kinds"],
    [["--first-day", "2025-9-1"], "not a date"],
    [["--zone", "Mars/Base"], "time zone"],
    [["--nonsense"], "--nonsense"],
  ])("refuses %j in one line of standard error and exits 2", async (flags, said) => {
    const { code, stdout, stderr } = await start(flags).ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toMatch(/^simulator: [^\n]+\n$/)
    expect(stderr).toContain(said)
  })

  it("explains every flag, with two examples", async () => {
    const { code, stdout } = await start(["--help"]).ended
    expect(code).toBe(0)
    for (const flag of ["--port", "--seed", "--looseness", "--faults", "--latency", "--refuse-credentials"]) {
      expect(stdout).toContain(flag)
    }
    expect(stdout.match(/^ +pnpm simulator /gm)).toHaveLength(2)
  })
})
