/** Whether a program of PostgreSQL ended because its disk was full. */

const diskFull = /(?:could not|cannot) [^\n]*(?:No space left on device|Disk quota exceeded)/

/**
 * What it could not do for lack of space, as it said itself; `undefined` where it was something else. The rest of its words
 * only frightens: a server that a full disk stopped takes its data for damaged.
 */
export const diskFullIn = (words: string): string | undefined => diskFull.exec(words)?.[0]
