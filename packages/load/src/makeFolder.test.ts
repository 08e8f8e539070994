import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { makeFolder } from "./makeFolder.ts"

const folder = mkdtempSync(join(tmpdir(), "vodstation-folder-"))
afterAll(() => rmSync(folder, { recursive: true }))

it("makes what is missing, and is content with what is there", () => {
  makeFolder(join(folder, "a/b/c"))
  makeFolder(join(folder, "a/b/c"))
  expect(statSync(join(folder, "a/b/c")).isDirectory()).toBe(true)
})

it("fails where a file stands in the way", () => {
  writeFileSync(join(folder, "file"), "")
  expect(() => makeFolder(join(folder, "file"))).toThrow(/EEXIST/)
  expect(() => makeFolder(join(folder, "file/b"))).toThrow(/ENOTDIR/)
})

it.runIf(process.platform === "linux")(
  "ends where no folder can be made, for which Linux has /proc",
  { timeout: 10_000 },
  () => expect(() => makeFolder("/proc/vodstation-etl/archive")).toThrow(/ENOENT/),
)
