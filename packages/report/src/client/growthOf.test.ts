/** Storage by month and category, added up. */
import { expect, it } from "vitest"
import { growthOf } from "./growthOf.ts"

const row = (month: string, categoryId: string | null, bytes: number) => ({
  ...{ month, categoryId, categoryName: categoryId, outputs: 1, bytes },
})

it("adds sizes up over every month, also those in which nothing came, with the largest category first and all others last", () => {
  const rows = [
    row("2025-11", "small", 1),
    row("2025-11", null, 100),
    row("2026-02", "large", 50),
    row("2026-02", "small", 2),
  ]
  expect(growthOf(rows)).toEqual({
    months: ["2025-11", "2025-12", "2026-01", "2026-02"],
    categories: [
      { categoryId: "large", categoryName: "large", added: [0, 0, 0, 50], total: [0, 0, 0, 50] },
      { categoryId: "small", categoryName: "small", added: [1, 0, 0, 2], total: [1, 1, 1, 3] },
      { categoryId: null, categoryName: null, added: [100, 0, 0, 0], total: [100, 100, 100, 100] },
    ],
  })
})
