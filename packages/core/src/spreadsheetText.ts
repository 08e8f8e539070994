/**
 * Texts that a spreadsheet would take for something else, and the apostrophe in front of them that keeps it from doing so.
 *
 * That is a text that it would compute (OWASP, "CSV Injection", with the full-width forms that some programs take for the
 * ASCII ones), or would take for a number, date, truth or error that is not written as the text is (`000123`, `1e5`, `1/2`,
 * `MAR-5`, `#N/A`), and a whole number of more digits than the 15 that it keeps. A text that begins with `'` itself gets one
 * too, so that every cell in the file that begins with `'` was given exactly one, and taking exactly one away gives back what
 * was there. csv-stringify's own `escape_formulas` leaves texts alone that begin with `'`, so that `'=1` and `=1` would come
 * out the same.
 */

/** Zeros of the scripts that have digits of their own; the other nine follow each. Programs read them all. */
const zeros = [
  ...[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0,
  ],
  ...[0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50],
  ...[0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10],
]
const digits = zeros
  .flatMap((zero) => Array.from({ length: 10 }, (_, value) => String.fromCharCode(zero + value)))
  .join("")
const spaces = " \t\n\r\v\f\u00A0\u2007\u2009\u202F\u3000"
/** Beside digits, what numbers, dates and times are written with. */
const signs = `${spaces}.,:()%$₩￦¥￥€£'’EDTZ년월일시분초年月日時分秒．，：／（）％＄٫٬〇一二三四五六七八九十百千万零＋－+-`
const words = [
  ...["AM", "PM", "오전", "오후", "午前", "午後", "요일"],
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"],
  ...["November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec"],
].join("|")
const errors = "N/A|NULL!|DIV/0!|VALUE!|REF!|NAME[?]|NUM!|GETTING_DATA|SPILL!|CALC!"

/**
 * Texts that need an apostrophe, whatever their case, unless they are `shortWholes`: regular expressions that mean the same
 * in JavaScript and in Postgres, for which they do without backslashes, and without looking ahead, which is slow there.
 */
export const needsApostrophe = [
  "^['=+@＝＋－＠\t\r\n-]",
  `^#(?:${errors})$`,
  `^[${spaces}]*(?:TRUE|FALSE)[${spaces}]*$`,
  // What begins with / is a path.
  `^(?:(?:[${signs}]|${words})(?:[/${signs}]|${words})*)?[${digits}](?:[${digits}/${signs}]|${words})*$`,
].join("|")
/** They are read as numbers, and look the same. */
export const shortWholes = "^(?:0|[1-9][0-9]{0,14})$"
const needing = new RegExp(needsApostrophe, "i")
const isShortWhole = new RegExp(shortWholes)

/** Numbers of which a spreadsheet would not keep every digit. */
export const tooLong = "^-?[0-9]{16}"
const isTooLong = new RegExp(tooLong)

/** Makes a text one to a spreadsheet as well, and harmless. */
export const defuse = (text: string): string =>
  needing.test(text) && !isShortWhole.test(text) ? `'${text}` : text

/** Keeps every digit of a number. */
export const keepDigits = (number: string): string => (isTooLong.test(number) ? `'${number}` : number)

/** Undoes `defuse` and `keepDigits`. */
export const restore = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell)
