/** A disk of its own that is soon full: a tmpfs, where the system lets us mount one (root, or a sudo that does not ask). */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"]

const run = (...command: ReadonlyArray<string>): string | undefined => {
  const [program, ...args] = [...asRoot, ...command]
  const { status, stderr, error } = spawnSync(program!, args, { encoding: "utf8" })
  return status === 0 ? undefined : (error?.message ?? stderr)
}

export interface SmallDisk {
  readonly folder: string
  /** Has so much space be left on it. */
  readonly leave: (kilobytes: number) => void
  readonly unmount: () => void
}

/** Throws where the system does not let us. */
export const mountSmallDisk = (folder: string, kilobytes: number): SmallDisk => {
  mkdirSync(folder, { recursive: true })
  const options = `size=${kilobytes}k,mode=0755,uid=${process.getuid?.()},gid=${process.getgid?.()}`
  const mount = (options: string) => {
    const failure = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder)
    if (failure !== undefined) throw new Error(failure)
  }
  mount(options)
  return {
    folder,
    leave: (kilobytes) => {
      const { bsize, blocks, bfree } = statfsSync(folder)
      mount(`remount,size=${((blocks - bfree) * bsize) / 1024 + kilobytes}k`)
    },
    unmount: () => void run("umount", folder),
  }
}

/** Whether the system lets us mount one. */
export const canMount = ((): boolean => {
  if (process.platform !== "linux") return false
  const folder = mkdtempSync(join(tmpdir(), "vodstation-disk-"))
  try {
    mountSmallDisk(folder, 64).unmount()
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
})()
