/** For tests: texts, some of them NULL, of all that a CSV file has to quote, and that a careless reader takes for its own. */
import fc from "fast-check"

const pieces = fc.string({
  unit: fc.constantFrom('"', "\n", "\r", ",", "'", "=", "가", "😀", " ", "\\", "."),
  maxLength: 8,
})

/** The same ones each time. */
export const awkwardTexts = (count: number): ReadonlyArray<string | null> =>
  fc.sample(fc.option(pieces), { numRuns: count, seed: 9 })
