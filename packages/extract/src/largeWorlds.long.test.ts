/** `largeWorlds.test.ts` over many more worlds, so many that a day has closed with every oddity there is. */
import { expect, it } from "vitest"
import { expectLargeWorldsRight } from "./expectLargeWorldsRight.fixture.ts"

const oddities = [
  ...["twinShare", "stuckShare", "canceledShare", "bulkUploads", "drift", "order", "pageCap", "pastTheEnd"],
  ...["generation", "looseness", "faults", "concurrentRequests", "totalAs", "serviceErrorStatus"],
  ...["totalSaturatesAt", "fromInclusive", "toInclusive", "boundUnit", "swapped", "reversedWindow"],
  ...["resolution", "skew", "moves"],
]

it("what is proven equals the world, and what is not says so, whatever the gateway does", async () => {
  const tally = await expectLargeWorldsRight(300)
  expect(oddities.filter((oddity) => !tally.has(`closed with ${oddity}`))).toEqual([])
})
