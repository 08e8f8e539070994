/**
 * The texts in which the API writes `lastWorkTime` (API facts C7, C15): Korean time, whole seconds.
 */

const KST_MS = 9 * 3_600_000
const two = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0"))

let cachedDay = Number.NaN
let cachedDate = ""

const wallText = (shiftedMs: number): string => {
  const day = Math.floor(shiftedMs / 86_400_000)
  if (day !== cachedDay) {
    cachedDay = day
    cachedDate = new Date(shiftedMs).toISOString().slice(0, 11)
  }
  const second = Math.floor(shiftedMs / 1000) - day * 86_400
  return `${cachedDate}${two[Math.floor(second / 3600)]!}:${two[Math.floor(second / 60) % 60]!}:${two[second % 60]!}`
}

/** `2021-09-14T15:49:12`: Korean wall time without an offset. */
export const koreanWallText = (ms: number): string => wallText(ms + KST_MS)

/** `2021-09-14T06:49:12Z`. */
export const zuluText = (ms: number): string => `${wallText(ms)}Z`
