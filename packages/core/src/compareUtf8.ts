/**
 * Orders text by its UTF-8 bytes, as Postgres does under `COLLATE "C"` and `Buffer.compare` does, without encoding it.
 *
 * JavaScript compares UTF-16 code units, which differs in one case: surrogates (U+10000 and above, 4 bytes in UTF-8)
 * stand before U+E000 to U+FFFF (3 bytes).
 */
export const compareUtf8 = (a: string, b: string): number => {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left === right) continue
    return byteOrder(left) - byteOrder(right)
  }
  return a.length - b.length
}

const byteOrder = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800
