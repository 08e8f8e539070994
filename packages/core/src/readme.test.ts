import { expect, it } from "vitest"
import { runReadmeExample } from "./readmeExample.fixture.ts"

it("the example of README.md does what it says", async () => {
  const { shown, typeErrors, stdout, stderr } = await runReadmeExample("core")
  expect(typeErrors).toBe("")
  expect([stdout, stderr]).toEqual([shown, ""])
})
