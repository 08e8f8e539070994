/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export const durationInWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  const two = (value: number) => String(value).padStart(2, "0")
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`
}
