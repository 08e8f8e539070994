/** A number of bytes in a unit that people take in: `3.2 GB`, in powers of 1,000. */
const units = ["bytes", "kB", "MB", "GB", "TB", "PB"]

export const sizeInWords = (bytes: number): string => {
  // 999,999 bytes are 1.0 MB and not 1000 kB.
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes) * 1.0005) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}
