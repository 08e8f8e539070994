import { describe, expect, it } from "vitest"
import { fullLineMs, pipelineMs } from "./pipelineShape.ts"

describe("the pipeline in virtual time", () => {
  it("comes out the same each time, and no faster than its parts allow", async () => {
    const shape = { latencyMs: 20, commitMs: 100 }
    const both = await pipelineMs(shape)
    expect(await pipelineMs(shape)).toBe(both)
    const reading = await pipelineMs({ latencyMs: 20, commitMs: 0 })
    const loading = await pipelineMs({ latencyMs: 0, commitMs: 100 })
    expect(reading).toBeGreaterThanOrEqual(fullLineMs(shape))
    // 32 days, at most two commits at once.
    expect(loading).toBeGreaterThanOrEqual(16 * 100)
    expect(both).toBeGreaterThanOrEqual(Math.max(reading, loading))
  })

  it.each([60, 80])(
    "takes hardly longer than the longer of reading and loading, with commits of %i ms",
    async (commitMs) => {
      const reading = await pipelineMs({ latencyMs: 20, commitMs: 0 })
      const loading = await pipelineMs({ latencyMs: 0, commitMs })
      const both = await pipelineMs({ latencyMs: 20, commitMs })
      expect(both / Math.max(reading, loading)).toBeLessThan(1.2)
    },
  )
})
