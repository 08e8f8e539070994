/** The index behind the closing quote of the JSON string that begins at `start` (its opening quote). The JSON is valid. */
export const endOfString = (json: string, start: number): number => {
  let quote = json.indexOf('"', start + 1)
  while (isEscaped(json, quote)) quote = json.indexOf('"', quote + 1)
  return quote + 1
}

/** Whether an odd number of backslashes stands before `index`. */
const isEscaped = (json: string, index: number): boolean => {
  let before = index - 1
  while (json.charCodeAt(before) === 0x5c) before--
  return (index - before) % 2 === 0
}
