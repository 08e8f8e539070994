import { expect, it } from "vitest"
import { InvalidFlag } from "./InvalidFlag.ts"

it.each([
  ["this is a folder", "--sql q.sql: this is a folder."],
  ['no such function. Did you mean "left"?', '--sql q.sql: no such function. Did you mean "left"?'],
])("is told as a whole sentence: %s", (reason, line) => {
  expect(new InvalidFlag({ flag: "--sql q.sql", reason }).message).toBe(line)
})
