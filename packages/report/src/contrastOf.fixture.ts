/** For tests: the contrast of two colours as WCAG 2 reckons it, 1 to 21. */
export const contrastOf = (one: string, other: string): number => {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

/** @param colour as computed: `rgb(1, 2, 3)` */
const luminance = (colour: string): number => {
  const numbers = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)
  if (numbers === null) throw new Error(`not a plain colour: ${colour}`)
  const [red, green, blue] = numbers.slice(1).map((text) => {
    const part = Number(text) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
