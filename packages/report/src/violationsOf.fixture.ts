/** For tests: what axe finds wrong with a page for who reads it with other means than eyes. */
import axe from "axe-core"
import type { Page } from "playwright-core"

export const violationsOf = async (page: Page): Promise<ReadonlyArray<string>> => {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => (await (globalThis as any).axe.run()).violations)
  return found.map(({ id, nodes }: any) => `${id}: ${nodes.map(({ html }: any) => html).join(", ")}`)
}
