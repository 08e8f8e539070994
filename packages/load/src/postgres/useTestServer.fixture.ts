/**
 * For tests: the embedded server of all test files. Its home stays for the next time, so that only the first test ever
 * makes a cluster.
 */
import { mkdirSync } from "node:fs"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { useEmbeddedPostgres } from "./embedded/EmbeddedPostgres.ts"

export const useTestServer = Effect.suspend(() => {
  const home = join(tmpdir(), `vodstation-etl-tests-${userInfo().uid}`)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  return useEmbeddedPostgres(home)
})
