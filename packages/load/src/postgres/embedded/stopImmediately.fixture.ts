/** For tests: `pg_ctl stop -m immediate`, as if the power were gone: nothing is written any more, and the next start recovers. */
import * as Effect from "effect/Effect"
import { findBinaries } from "./findBinaries.ts"
import { runToEnd } from "./runToEnd.ts"
import { serverAccount } from "./ServerAccount.ts"
import type { ServerFolder } from "./ServerFolder.ts"

export const stopImmediately = (folder: ServerFolder): Promise<void> =>
  Effect.gen(function* () {
    const { pg_ctl } = yield* findBinaries()
    const command = [pg_ctl, "stop", "-D", folder.data, "-m", "immediate", "-w"]
    const { succeeded, output } = yield* runToEnd(yield* serverAccount(folder.data), command, {
      cwd: folder.root,
      input: "",
    })
    if (!succeeded) return yield* Effect.die(new Error(output))
  }).pipe(Effect.runPromise)
