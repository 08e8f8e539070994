/**
 * JSON as text in which each character stands for one byte of its UTF-8. Such text is joined and written out several
 * times as fast as text with Korean in it, and most of an answer is plain ASCII anyway.
 */

const PLAIN = /^[ !#-[\]-~]*$/

/** The bytes of a text, one character each. */
export const byteText = (text: string): string => Buffer.from(text, "utf8").toString("latin1")

/** The bytes of a string's JSON, quotes included. */
export const jsonBytes = (text: string): string =>
  PLAIN.test(text) ? `"${text}"` : byteText(JSON.stringify(text))

const known = new Map<string, string>()

/** `jsonBytes` of a text that comes again and again. */
export const knownJsonBytes = (text: string): string => {
  let bytes = known.get(text)
  if (bytes === undefined) {
    if (known.size > 1_000) known.clear()
    bytes = jsonBytes(text)
    known.set(text, bytes)
  }
  return bytes
}

/** `jsonBytes` of a path whose folder comes again and again. */
export const pathJsonBytes = (path: string): string => {
  const end = path.lastIndexOf("/") + 1
  const tail = path.slice(end)
  return PLAIN.test(tail) ? `${knownJsonBytes(path.slice(0, end)).slice(0, -1)}${tail}"` : jsonBytes(path)
}
