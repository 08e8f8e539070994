/** A number with what it counts, in English. */
export const counted = (count: string, one: string): string => `${count} ${count === "1" ? one : `${one}s`}`
