/** Holds the quick way to all outcomes of readings against the one without short cuts. */
import { expect } from "vitest"
import { type Outcome, together, worthOf } from "./IdentityOutcomes.fixture.ts"
import { outcomesNotIn, outcomesOneByOne } from "./outcomesOneByOne.fixture.ts"
import { outcomesOf } from "./ReadingExplorer.fixture.ts"
import type { SmallGateway } from "./replayReading.fixture.ts"
import { mayComeOf } from "./SmallNight.fixture.ts"
import type { SmallBounds } from "./SmallWorld.fixture.ts"

/** Readings that are worth the same count as one. */
const textsOf = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> =>
  outcomes.map(({ reading, ...outcome }) => `${worthOf(reading)} ${JSON.stringify(outcome)}`).toSorted()

export const expectShortCutsChangeNothing = (gateway: SmallGateway, bounds: SmallBounds): void => {
  const { outcomes: quick, runs: quickRuns } = outcomesOf(gateway, bounds)
  const shares = [0, 1].map((part) => outcomesOf(gateway, bounds, { part, of: 2 }).outcomes)
  expect(textsOf(together(shares))).toEqual(textsOf(quick))
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
