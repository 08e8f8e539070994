/**
 * Values as the text format of `COPY` has them: columns parted by tabs, rows by newlines, `\N` for NULL, and backslashes
 * before what would else be taken for one of these. This is the hot path of loading: it runs for every column of every row.
 */
const special = /[\\\t\n\r]/
const allSpecial = /[\\\t\n\r]/g
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" }

export const copyText = (text: string): string =>
  special.test(text) ? text.replace(allSpecial, (character) => escapes[character]!) : text

export const copyNullable = (text: string | null): string => (text === null ? "\\N" : copyText(text))

/** A `text[]`: every element quoted, so that NULL and empty ones are texts. */
export const copyTextArray = (items: ReadonlyArray<string>): string =>
  items.length === 0
    ? "{}"
    : copyText(`{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`)

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"))
const msPerDay = 86_400_000
let knownDay = Number.NaN
let knownDate = ""

/** Epoch ms, of the years 1 to 9999, as a timestamptz. Rows of one day follow each other, so the date is kept. */
export const copyTime = (ms: number): string => {
  const day = Math.floor(ms / msPerDay)
  if (day !== knownDay) {
    knownDate = new Date(day * msPerDay).toISOString().slice(0, 10)
    knownDay = day
  }
  const inDay = ms - day * msPerDay
  const seconds = Math.floor(inDay / 1000)
  const minutes = Math.floor(seconds / 60)
  const fraction = inDay - seconds * 1000
  return `${knownDate} ${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}${
    fraction === 0 ? "" : `.${String(fraction).padStart(3, "0")}`
  }+00`
}

export const copyNullableTime = (ms: number | null): string => (ms === null ? "\\N" : copyTime(ms))
