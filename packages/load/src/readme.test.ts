import { expect, it } from "vitest"
import { runReadmeExample } from "@vodstation-etl/core/readmeExample.fixture"

it("the example of README.md does what it says", async () => {
  const { shown, typeErrors, stdout, stderr } = await runReadmeExample("load")
  expect(typeErrors).toBe("")
  expect([stdout, stderr]).toEqual([shown, ""])
})
