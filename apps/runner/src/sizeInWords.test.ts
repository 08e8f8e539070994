import { expect, it } from "vitest"
import { sizeInWords } from "./sizeInWords.ts"

it.each([
  [0, "0 bytes"],
  [1, "1 bytes"],
  [999, "999 bytes"],
  [1_000, "1.0 kB"],
  [99_400, "99.4 kB"],
  [99_500, "100 kB"],
  [999_499, "999 kB"],
  [999_600, "1.0 MB"],
  [4_819_000_000, "4.8 GB"],
  [12_345_000_000_000, "12.3 TB"],
])("%d bytes are %s", (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words)
})
