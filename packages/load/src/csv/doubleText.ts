/**
 * Doubles as text, in the form in which PostgreSQL prints `double precision`: the shortest digits that read back as the same
 * number, with an exponent below 1e-4 and from 1e15 on. JavaScript finds the same digits and only turns to an exponent
 * elsewhere.
 */

/** `NaN`, `Infinity`, `-0`, `0.5`, `1e-05`, `1e+15`. */
export const doubleText = (value: number): string => {
  if (!Number.isFinite(value)) return String(value)
  if (Object.is(value, -0)) return "-0"
  const size = Math.abs(value)
  // Here JavaScript prints no exponent either.
  if (value === 0 || (size >= 1e-4 && size < 1e15)) return String(value)
  const [digits, exponent] = value.toExponential().split("e")
  return `${digits}e${exponent!.slice(0, 1)}${exponent!.slice(1).padStart(2, "0")}`
}
