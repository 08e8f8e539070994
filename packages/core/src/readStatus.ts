/** Reads an encoding's status: upper case, without spaces around it. */
import { readText } from "./readText.ts"
import type { FieldRead } from "./Remark.ts"
import { Remark } from "./Remark.ts"

/**
 * The five documented statuses come in upper case from the list and in lower case from the statistics (API facts, C20);
 * both are one. Unknown ones are kept. Only ASCII letters are folded: that is the same in every locale, and loses nothing.
 * A blank status is none.
 */
export const readStatus = (value: unknown): FieldRead<string> => {
  switch (value) {
    case "COMPLETE":
    case "FAILURE":
    case "CANCELED":
    case "RUNNING":
    case "WAITING":
      return value
  }
  const text = readText(value)
  if (typeof text === "string") return fold(text)
  return text?.value == null ? text : new Remark(fold(text.value), text.anomaly)
}

const fold = (text: string): string | null => {
  const trimmed = text.trim()
  return trimmed === "" ? null : trimmed.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}
