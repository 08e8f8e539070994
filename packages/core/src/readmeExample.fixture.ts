/** The example of a package's README, taken from it word for word, for tests that it does what the page says. */
import { execFile, execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"

const root = join(import.meta.dirname, "../../..")
const run = promisify(execFile)

export interface ReadmeExample {
  /** What the page says that it prints. */
  readonly shown: string
  /** What the types' checker has to say; nothing where all is well. */
  readonly typeErrors: string
  readonly stdout: string
  readonly stderr: string
}

/**
 * Checks the types of the page's first block of TypeScript and runs it, in a folder of its own, where it finds what the
 * package finds; what it prints is to be the block after it.
 *
 * @param name the package's folder in `packages`
 * @param env what it finds in its environment beside PATH
 */
export const runReadmeExample = async (
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ReadmeExample> => {
  const page = readFileSync(join(root, "packages", name, "README.md"), "utf8")
  const [, code = "", shown = ""] = /```ts\n([^]*?)```\n[^]*?```\n([^]*?)```/.exec(page) ?? []
  // Not looked at by the checks of the workspace, and ignored by git.
  const builds = join(root, "packages", name, ".tsbuild")
  mkdirSync(builds, { recursive: true })
  const folder = mkdtempSync(join(builds, "readme-"))
  const cwd = mkdtempSync(join(tmpdir(), "vodstation-readme-"))
  try {
    const file = join(folder, "example.ts")
    writeFileSync(file, code)
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(onlyChecked))
    const typeErrors = await checkTypes(folder)
    const { PATH = "" } = process.env
    const { stdout, stderr } = await run(process.execPath, [file], { cwd, env: { PATH, ...env } })
    return { shown, typeErrors, stdout, stderr }
  } finally {
    for (const made of [folder, cwd]) rmSync(made, { recursive: true, force: true })
  }
}

const onlyChecked = {
  extends: "../../../../tsconfig.base.json",
  compilerOptions: { composite: false, declaration: false, emitDeclarationOnly: false, noEmit: true },
  files: ["example.ts"],
}

const checkTypes = async (folder: string): Promise<string> => {
  const finder = join(root, "node_modules/.bin/effect-tsgo")
  const checker = execFileSync(finder, ["get-exe-path"], { encoding: "utf8" }).trim()
  const ended = await run(checker, ["-p", folder]).catch((error: { stdout: string; stderr: string }) => error)
  return ended.stdout + ended.stderr
}
