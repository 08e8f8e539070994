/** Reads an encoding's status: upper case, without spaces around it. */
import { readText } from "./readText.ts"
import type { FieldRead } from "./Remark.ts"
import { Remark, unreadable } from "./Remark.ts"

const notText = unreadable("not text")

/**
 * The five documented statuses come in upper case from the list and in lower case from the statistics (API facts, C20);
 * both are one. Unknown ones are kept. Only ASCII letters are folded: that is the same in every locale, and loses nothing.
 * A blank status is none. It is text in every edition (C20): what is no text says nothing that could be trusted.
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
  if (value !== null && value !== undefined && typeof value !== "string") return notText
  const text = readText(value)
  if (typeof text === "string") return fold(text)
  return text?.value == null ? text : new Remark(fold(text.value), text.anomaly)
}

const fold = (text: string): string | null => {
  const trimmed = text.trim()
  return trimmed === "" ? null : trimmed.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}
