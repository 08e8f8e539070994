/** The process stays small however many rows a day has, when it is loaded and when it is read again with a tenth changed. */
import { execFileSync } from "node:child_process"
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, it } from "vitest"

const program = fileURLToPath(new URL("./loadDay.fixture.ts", import.meta.url))
const rows = 300_000
/**
 * Half of what the runner sets for itself (`apps/runner/src/main.ts`). Without any, V8 lets garbage pile up before it looks: the
 * peak is then some 345 MB, of which a tenth is live.
 */
const heapFlags = ["--max-semi-space-size=8"]
let folder: string

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "vodstation-memory-"))
})

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

it.each([
  [0, { inserted: rows, changed: 0, unchanged: 0 }],
  [1, { inserted: 0, changed: rows / 10, unchanged: rows - rows / 10 }],
])("reading %d of a day of 300,000 rows stays below 400 MB", { timeout: 180_000 }, (reading, counts) => {
  const output = execFileSync(process.execPath, [
    ...heapFlags,
    program,
    "archive",
    folder,
    String(rows),
    String(reading),
  ])
  const measured = JSON.parse(output.toString())
  expect(measured.committed).toMatchObject({ _tag: "Merged", counts, state: "closed" })
  expect(measured.peakBytes).toBeGreaterThan(50_000_000)
  expect(measured.peakBytes).toBeLessThan(400_000_000)
})
