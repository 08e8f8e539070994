/** Where a link leads: to a page in the language that this one was asked for in, if its address says one. */

/** Null: the server chooses. */
export const askedLanguage = (): string | null => new URLSearchParams(location.search).get("lang")

/** @param address as `pageAddress` gives it */
export const ledTo = (address: string): string => {
  const language = askedLanguage()
  if (language === null) return address
  return `${address}${address.includes("?") ? "&" : "?"}lang=${encodeURIComponent(language)}`
}
