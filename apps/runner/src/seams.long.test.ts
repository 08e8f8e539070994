/** Whole runs against all 64 kinds of gateway that the documentation leaves open (see seams.test.ts). */
import { expect, it } from "vitest"
import { gatewayKinds } from "@vodstation-etl/simulator/gatewayKinds.fixture"
import { readKind } from "./BorderWorld.fixture.ts"

it("knows 64 kinds of gateway", () => {
  expect(gatewayKinds).toHaveLength(64)
})

it.each(gatewayKinds)(
  "$boundUnit ($boundCut), from inclusive $fromInclusive, to inclusive $toInclusive, swapped $swapped, reversed $reversedWindow",
  async (kind) => {
    const { read, right } = await readKind(kind)
    expect(read).toEqual(right)
  },
)
