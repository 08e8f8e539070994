/** For tests: keeps the server of `useTestServer` running from the first test file to the last, so that not each has to start it. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { useTestServer } from "./useTestServer.fixture.ts"

export const setup = async (): Promise<() => Promise<void>> => {
  const scope = Scope.makeUnsafe()
  await Effect.runPromise(useTestServer.pipe(Effect.provideService(Scope.Scope, scope)))
  return () => Effect.runPromise(Scope.close(scope, Exit.void))
}
