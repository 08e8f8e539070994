import * as fs from "node:fs"
import { expect, it } from "vitest"
import { sqlStatement } from "./sqlStatement.ts"

const folder = new URL("./", import.meta.url)
const sources = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => fs.readFileSync(new URL(name, folder), "utf8"))
  .join("\n")
const names = fs.readdirSync(new URL("sql/", folder)).map((name) => name.replace(/\.sql$/, ""))

it("every statement is used, and every one that is used is there", () => {
  const asked = [...sources.matchAll(/sqlStatement\("(\w+)"\)/g)].map((match) => match[1]!)
  expect(names.length).toBeGreaterThan(30)
  expect(names.filter((name) => !sources.includes(`"${name}"`))).toEqual([])
  for (const name of asked) expect(sqlStatement(name).trim()).not.toBe("")
})
