/** The licences of the packages that became part of a bundle, which most of them ask to be passed on. */
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

/** @param files the paths of all source files of the bundle */
export const thirdPartyNotices = (files: ReadonlyArray<string>): string => {
  const folders = new Set(
    files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll("\\", "/")) ?? []),
  )
  const notices = Array.from(folders, noticeOf).toSorted()
  return ["# Packages that are part of this program", ...notices].join("\n\n") + "\n"
}

const noticeOf = (folder: string): string => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  // A folder holds the licences of what became part of a package in its turn.
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => /^(licen[cs]e|notice)/i.test(file) && statSync(join(folder, file)).isFile(),
  )
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim())
  return [`## ${name} ${version}, ${license}`, ...texts].join("\n\n")
}
