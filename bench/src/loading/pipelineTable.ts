/** `pipelineShape.ts` for commits from short to long, as a table. */
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { fullLineMs, pipelineMs } from "./pipelineShape.ts"

const commits = [20, 40, 60, 80, 100, 150]

export const pipelineTable = async (latencyMs: number): Promise<string> => {
  const reading = await pipelineMs({ latencyMs, commitMs: 0 })
  const rows = await Promise.all(
    commits.map(async (commitMs) => {
      const loading = await pipelineMs({ latencyMs: 0, commitMs })
      const both = await pipelineMs({ latencyMs, commitMs })
      return [`${commitMs} ms`, loading, both, (both / Math.max(reading, loading)).toFixed(2)]
    }),
  )
  return [
    `In virtual time, 32 days of 13 pages: reading alone takes ${reading} ms, of which a line that is always full would need ${fullLineMs({ latencyMs, commitMs: 0 })} ms.`,
    tableOf(["a day's commit", "loading alone, ms", "both, ms", "both / the longer"], rows),
  ].join("\n")
}
