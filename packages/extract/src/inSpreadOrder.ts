/** The order in which the pages of a walk are asked for. */

/**
 * The whole numbers from `first` to `last`, such that any beginning of them is spread evenly over all: a walk that has to
 * stop early has then seen something of every part of the list, not only of its head.
 */
export const inSpreadOrder = (first: number, last: number): ReadonlyArray<number> => {
  const numbers: Array<number> = []
  let step = 1
  while (step <= last - first) step *= 2
  for (let number = first; number <= last; number += step) numbers.push(number)
  for (; step > 1; step /= 2) {
    for (let number = first + step / 2; number <= last; number += step) numbers.push(number)
  }
  return numbers
}
