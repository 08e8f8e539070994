/** Numbers as people read them: thousands apart, and with what is counted. */

export const grouped = (count: number | bigint): string => count.toLocaleString("en-US")

/** @param noun of one; of many it ends in s */
export const counted = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`
