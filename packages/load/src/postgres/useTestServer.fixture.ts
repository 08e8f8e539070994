/**
 * For tests: the server of all test files. It is the one at `TEST_DATABASE_URL`, whose user must be its superuser, else the
 * embedded one, whose home stays for the next time, so that only the first test ever makes a cluster.
 */
import { mkdirSync } from "node:fs"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { EmbeddedPostgresError } from "./embedded/EmbeddedPostgresError.ts"
import { useEmbeddedPostgres } from "./embedded/EmbeddedPostgres.ts"

interface TestServer {
  readonly url: Redacted.Redacted
}

export const useTestServer: Effect.Effect<TestServer, EmbeddedPostgresError, Scope.Scope> = Effect.suspend(
  () => {
    const other = process.env["TEST_DATABASE_URL"]
    if (other !== undefined) return Effect.succeed({ url: Redacted.make(other) })
    const home = join(tmpdir(), `vodstation-etl-tests-${userInfo().uid}`)
    mkdirSync(home, { recursive: true, mode: 0o700 })
    return useEmbeddedPostgres(home)
  },
)
