/** The package as someone gets it who installs it: in an empty folder, with an empty home, by npm. */
import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { buildPackage } from "./buildPackage.ts"

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The package, built and packed. */
export interface PackedPackage {
  /** Installs it in a folder of its own, with `more` beside it. */
  readonly install: (more: ReadonlyArray<string>) => Promise<InstalledPackage>
  readonly remove: () => void
}

export interface InstalledPackage {
  readonly folder: string
  /** Runs a command in the folder. */
  readonly run: (command: ReadonlyArray<string>) => Promise<Ended>
}

export const packPackage = async (): Promise<PackedPackage> => {
  const scratch = mkdtempSync(join(tmpdir(), "vodstation-install-"))
  await buildPackage(join(scratch, "built"))
  const packed = await run(["npm", "pack", "--silent", "./built"], scratch, environment(scratch))
  const file = join(scratch, packed.stdout.trim())
  return {
    install: async (more) => {
      const place = mkdtempSync(join(scratch, "place-"))
      const [home, folder] = [join(place, "home"), join(place, "folder")]
      for (const made of [home, folder]) mkdirSync(made)
      // Without it npm looks for one in the folders above.
      writeFileSync(join(folder, "package.json"), "{}")
      const env = environment(home)
      const install = ["npm", "install", "--no-audit", "--no-fund", file, ...more]
      const { code, stderr } = await run(install, folder, env)
      if (code !== 0) throw new Error(`npm install failed: ${stderr}`)
      return {
        folder,
        run: (command) => run(command, folder, env),
      }
    },
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

/** Nothing of the developer's own but how to reach a registry. */
const environment = (home: string): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined &&
      /^(PATH|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|npm_config_registry)$/i.test(name)
        ? [[name, value]]
        : [],
    ),
  ),
  HOME: home,
  LANG: "C.UTF-8",
  npm_config_userconfig: process.env["npm_config_userconfig"] ?? join(homedir(), ".npmrc"),
  npm_config_update_notifier: "false",
})

const run = ([program = "", ...args]: ReadonlyArray<string>, cwd: string, env: Record<string, string>) =>
  new Promise<Ended>((resolve) => {
    execFile(program, args, { cwd, env, timeout: 100_000, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    )
  })
