/**
 * The whole reader over random large worlds, with every oddity of a gateway at once; `largeWorlds.long.test.ts` looks at many
 * more. A world that fails shrinks to a small one: put it among the `onceWrong` of `expectLargeWorldsRight.fixture.ts`.
 */
import { expect, it } from "vitest"
import { expectLargeWorldsRight } from "./expectLargeWorldsRight.fixture.ts"

it("what is proven equals the world, and what is not says so, whatever the gateway does", async () => {
  const tally = await expectLargeWorldsRight(40)
  expect(tally.get("closed")).toBeGreaterThan(5)
})
