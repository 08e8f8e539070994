/** Holds the quick way to all outcomes of readings against the one without short cuts. */
import { expect } from "vitest"
import { outcomesNotIn, outcomesOneByOne } from "./outcomesOneByOne.fixture.ts"
import { outcomesOf } from "./ReadingExplorer.fixture.ts"
import type { SmallGateway } from "./replayReading.fixture.ts"
import { mayComeOf } from "./SmallNight.fixture.ts"
import type { SmallBounds } from "./SmallWorld.fixture.ts"

export const expectShortCutsChangeNothing = (gateway: SmallGateway, bounds: SmallBounds): void => {
  const { outcomes: quick, runs: quickRuns } = outcomesOf(gateway, bounds)
  const { outcomes: plain, runs } = outcomesOneByOne(gateway, bounds)
  expect(outcomesNotIn(plain, quick, bounds, gateway.settled)).toEqual([])
  const isPlain = (outcome: (typeof plain)[number]) =>
    plain.some(
      (other) =>
        other.end === outcome.end &&
        other.read === outcome.read &&
        other.moves <= outcome.moves &&
        other.reading?.proof === outcome.reading?.proof &&
        other.reading?.strong === outcome.reading?.strong &&
        mayComeOf(other.start, outcome),
    )
  expect(quick.filter((outcome) => !isPlain(outcome))).toEqual([])
  expect(quick.length).toBeGreaterThan(100)
  expect(quickRuns).toBeLessThan(runs / 2)
}
