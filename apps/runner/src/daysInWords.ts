/** Days of which one thing is said, in one line. */
import { counted } from "./countInWords.ts"

/** `2021-09-12`, or `3 days, 2021-09-10 to 2021-09-14`: how many they are, and between which they lie. */
export const daysInWords = (days: number, firstDay: string, lastDay: string): string =>
  days === 1 ? firstDay : `${counted(days, "day")}, ${firstDay} to ${lastDay}`
