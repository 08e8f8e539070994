/** This machine: what runs here, and where large days wait. */
import { accessSync, constants } from "node:fs"
import { tmpdir } from "node:os"
import * as Effect from "effect/Effect"
import { ArchiveUnusable } from "@vodstation-etl/load/ArchiveError"
import { version } from "../version.ts"
import type { Check } from "./Check.ts"
import { failed, ok } from "./Check.ts"
import { freeSpaceCheck } from "./freeSpaceCheck.ts"

export const machineChecks = Effect.gen(function* (): Effect.fn.Return<ReadonlyArray<Check>> {
  const folder = tmpdir()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [
    ok(
      "versions",
      `vodstation-etl ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}, local time ${zone}`,
    ),
    yield* Effect.suspend(() => {
      try {
        accessSync(folder, constants.W_OK | constants.X_OK)
        return freeSpaceCheck("temporary", folder, "days that do not fit into memory")
      } catch {
        return Effect.succeed(
          failed(
            "temporary",
            new ArchiveUnusable({
              archive: folder,
              reason: "days that do not fit into memory wait there, and it cannot be written to",
              cure: "Make it writable for this user, or name another folder in TMPDIR.",
            }),
          ),
        )
      }
    }),
  ]
})
