/**
 * What may be shown of an answer: the beginning, on one line, without control characters, and without what was sent to the
 * gateway to authenticate, since proxies are known to print a request's headers on their error pages.
 */
const shownCharacters = 200

/** Longer bodies are cut before the work, and then by this much more, so that no part of a key is left at the cut. */
const searchedCharacters = 20_000
const longestKey = 200

/** Base64 of 32 bytes, as every signature is. */
const signatures = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/g

/** A signature after its header's name, in whatever encoding it was printed. */
const signatureHeader = /(x-ncp-apigw-signature-v2)\W{0,12}\S+/gi

/** @param accessKey is masked wherever it occurs. */
export const quoteAnswer = (text: string, accessKey: string): string => {
  const beginning = text.slice(0, searchedCharacters)
  const masked = (accessKey === "" ? beginning : beginning.replaceAll(accessKey, maskAccessKey(accessKey)))
    .replace(signatureHeader, "$1 …")
    .replace(signatures, "…")
  const whole = text.length <= searchedCharacters
  const line = (whole ? masked : masked.slice(0, -longestKey))
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
  const characters = Array.from(line)
  if (characters.length <= shownCharacters) return whole ? line : `${line}…`
  return `${characters.slice(0, shownCharacters).join("")}…`
}

/** The first characters of an access key, enough to recognise it among a few. */
export const maskAccessKey = (accessKey: string): string =>
  accessKey.length < 12 ? "…" : `${accessKey.slice(0, 4)}…`
