/**
 * `pnpm build`: the npm package `vodstation-etl`. What is not made here lies in `apps/runner/npm` as it is published. It
 * depends on nothing but, optionally, the embedded PostgreSQL and DuckDB of the machine that it is installed on.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { bundleProgram } from "./bundleProgram.ts"
import { thirdPartyNotices } from "./thirdPartyNotices.ts"

const runner = join(import.meta.dirname, "..")
const root = join(runner, "../..")

/** Makes the package in `folder`, whose content is replaced. */
export const buildPackage = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(runner, "npm"), folder, { recursive: true })
  for (const name of ["README.md", "CHANGELOG.md", "LICENSE", "docs"])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  const bundled = await bundleProgram(join(folder, "program"), false)
  // Node would take the files for CommonJS first, read them, and think again.
  writeJson(join(folder, "program/package.json"), { type: "module" })
  writeFileSync(join(folder, "THIRD-PARTY.md"), thirdPartyNotices(bundled))
  const { version, license, optionalDependencies } = readJson(join(runner, "package.json"))
  const published = readJson(join(folder, "package.json"))
  writeJson(join(folder, "package.json"), { ...published, version, license, optionalDependencies })
}

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"))

const writeJson = (file: string, value: unknown) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)

if (import.meta.main) await buildPackage(join(root, "dist"))
