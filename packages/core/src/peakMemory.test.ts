import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, it } from "vitest"
import { peakMemory } from "./peakMemory.fixture.ts"

it("the memory of a program is its own, however large the one was that started it", () => {
  const large = Buffer.alloc(300_000_000, 1)
  const started = execFileSync(process.execPath, [
    "--eval",
    `import(${JSON.stringify(join(import.meta.dirname, "peakMemory.fixture.ts"))}).then(({ peakMemory }) => console.log(peakMemory()))`,
  ])
  expect(peakMemory()).toBeGreaterThan(large.length)
  expect(Number(started.toString())).toBeGreaterThan(30_000_000)
  expect(Number(started.toString())).toBeLessThan(150_000_000)
})
