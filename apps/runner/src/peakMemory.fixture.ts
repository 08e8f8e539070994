/** The peak of the whole process, as the system counts it, of a backfill of a large world into either archive. */
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Exit, Redacted, Scope } from "effect"
import { afterAll, beforeAll, expect, it } from "vitest"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { runProgram } from "./runProgram.fixture.ts"

const scope = Scope.makeUnsafe()
const home = mkdtempSync(join(tmpdir(), "vodstation-memory-"))
let databaseUrl: Redacted.Redacted

beforeAll(async () => {
  databaseUrl = (
    await Effect.runPromise(useEmbeddedPostgres(home).pipe(Effect.provideService(Scope.Scope, scope)))
  ).url
})

afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  rmSync(home, { recursive: true, force: true })
})

interface Started {
  readonly baseUrl: string
  readonly accessKey: string
  readonly secretKey: string
}

/** A gateway in a process of its own, so that its memory and time are not those of the program. */
const withGateway = async <A>(
  days: number,
  rows: number,
  use: (gateway: Started) => Promise<A>,
): Promise<A> => {
  const main = join(import.meta.dirname, "../../../packages/simulator/src/main.ts")
  const flags = ["--first-day", "2026-08-01", "--days", String(days), "--rows-per-day", String(rows)]
  const child = spawn(process.execPath, [main, ...flags, "--stop-with-stdin"], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  try {
    const line = await new Promise<string>((resolve, reject) => {
      let text = ""
      child.on("error", reject)
      child.on("exit", () => reject(new Error("the simulator ended")))
      child.stdout.setEncoding("utf8").on("data", (more: string) => {
        text += more
        if (text.includes("\n")) resolve(text)
      })
    })
    return await use(JSON.parse(line))
  } finally {
    child.stdin.end()
    await new Promise((resolve) => child.on("close", resolve))
  }
}

const limit = 400 * 1000 * 1000

/**
 * Backfills the days in a process of its own, and again for each of `more`, flags that have it read them again.
 */
export const itStaysBelow400MB = (
  title: string,
  {
    days,
    rows,
    more,
  }: { readonly days: number; readonly rows: number; readonly more: ReadonlyArray<string> },
): void => {
  it.each(["postgres", "csv"])(
    `${title} are read and loaded into %s in less than 400 MB`,
    { timeout: 240_000 },
    async (archive) => {
      const schema = `memory_${days}`
      const out = join(home, `csv-${days}`)
      const lastDay = addDays("2026-08-01", days)
      await withGateway(days, rows, async (gateway) => {
        for (const again of [[], ...more.map((flag) => [flag])]) {
          const run = await runProgram(
            [
              ...["backfill", "--from", "2026-08-01", "--to", lastDay, "--json"],
              ...(archive === "csv" ? ["--archive", "csv", "--out", out] : []),
              ...again,
            ],
            {
              timeoutMs: 110_000,
              env: {
                VODSTATION_BASE_URL: gateway.baseUrl,
                NCLOUD_ACCESS_KEY_ID: gateway.accessKey,
                NCLOUD_SECRET_ACCESS_KEY: gateway.secretKey,
                DATABASE_URL: Redacted.value(databaseUrl),
                VODSTATION_SCHEMA: schema,
              },
            },
          )
          expect([title, run.code]).toEqual([title, 0])
          const report = JSON.parse(run.stdout)
          expect(report.rows).toMatchObject(
            again.length === 0
              ? { read: days * rows, inserted: days * rows }
              : { read: days * rows, inserted: 0, changed: 0 },
          )
          expect(run.peakMemory).toBeGreaterThan(50_000_000)
          expect(run.peakMemory).toBeLessThan(limit)
          // Measured figures, for docs and for whoever watches them.
          process.stdout.write(
            `${title}, ${archive} ${again.join("")}: ${Math.round(run.peakMemory / 1e6)} MB, ${report.seconds} s\n`,
          )
        }
      })
    },
  )
}
