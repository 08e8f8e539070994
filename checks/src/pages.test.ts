import { existsSync, globSync } from "node:fs"
import { dirname, join } from "node:path"
import { lexer, type Token, type Tokens, walkTokens } from "marked"
import { describe, expect, it } from "vitest"
import { blocksOf } from "./FollowedPage.fixture.ts"
import { readProjectFile, root } from "./projectFiles.fixture.ts"

const pages = globSync(["*.md", "docs/**/*.md", "packages/*/README.md"], { cwd: root }).toSorted()

const tokensOf = (page: string): ReadonlyArray<Token> => {
  const found: Array<Token> = []
  void walkTokens(lexer(readProjectFile(page)), (token) => void found.push(token))
  return found
}

/** The anchors of a page's headings, as they are made where pages are read. */
const anchorsOf = (page: string): ReadonlyArray<string> =>
  tokensOf(page).flatMap((token) =>
    token.type === "heading"
      ? [
          token["text"]
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
            .replaceAll(" ", "-"),
        ]
      : [],
  )

describe("the pages", () => {
  it.each(pages)("%s links to what is there", (page) => {
    const links = tokensOf(page).flatMap((token) => (token.type === "link" ? [token["href"] as string] : []))
    const missing = links.filter((link) => {
      if (/^\w+:/.test(link)) return false
      const [path, anchor] = link.split("#")
      const target = path === "" ? page : join(dirname(page), path!)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(missing).toEqual([])
  })

  it.each(pages)("%s has no row of a table that is cut off from it", (page) => {
    const lost = tokensOf(page).filter(({ type, raw }) => type === "paragraph" && raw.startsWith("| "))
    expect(lost.map(({ raw }) => raw)).toEqual([])
  })

  it.each(pages)("%s names only files of deploy and scripts of pnpm that are there", (page) => {
    const text = readProjectFile(page)
    const files = [...text.matchAll(/(?<![\w/])deploy\/[\w@./-]*\w/g)].map((match) => match[0])
    // Which is made by who reads it.
    const own = ["deploy/.env"]
    expect(files.filter((file) => !existsSync(join(root, file)) && !own.includes(file))).toEqual([])
    const { scripts } = JSON.parse(readProjectFile("package.json"))
    const named = [...text.matchAll(/(?<=`(?:npx -y )?pnpm(?:@[\d.]+)? )[a-z][\w:-]*/g)].map(
      (match) => match[0],
    )
    const ofPnpm = ["add", "install", "deploy", "vitest", "pack"]
    expect(named.filter((name) => !(name in scripts) && !ofPnpm.includes(name))).toEqual([])
  })
})

describe("the README of a package", () => {
  it.each(["core", "extract", "load"])("%s adds the versions that it has itself", (name) => {
    const { dependencies } = JSON.parse(readProjectFile(`packages/${name}/package.json`))
    const page = readProjectFile(`packages/${name}/README.md`)
    const imported = new Set(
      [...page.matchAll(/from "((?:@effect\/)?[\w-]+)[/"]/g)].map((match) => match[1]!),
    )
    const added = /(?<=pnpm add ).*/.exec(page)?.[0].split(" ")
    for (const library of imported) expect(added).toContain(`${library}@${dependencies[library]}`)
    for (const ours of new Set([...page.matchAll(/@vodstation-etl\/(\w+)/g)].map((match) => match[1]!)))
      expect(added).toContain(`link:PATH/packages/${ours}`)
  })
})

describe("the line for cron", () => {
  it.each(["README.md", "docs/operations.md"])("is the same in %s as in its file", (page) => {
    const lines = readProjectFile("deploy/cron/vodstation.crontab").split("\n")
    const withoutComments = lines.filter((line) => !line.startsWith("#")).join("\n")
    expect(blocksOf(page, "crontab")).toEqual([withoutComments.trimEnd()])
  })
})

describe("the exit codes", () => {
  it("are the same, and mean the same, in README.md and docs/operations.md", () => {
    const codes = (page: string) =>
      tokensOf(page)
        .filter(
          (token): token is Tokens.Table => token.type === "table" && token["header"][0].text === "exit",
        )
        .flatMap((table) => table.rows.map(([code, meaning]) => [code!.text, meaning!.text.split(/[;.]/)[0]]))
    expect(codes("docs/operations.md")).toEqual(codes("README.md"))
    expect(codes("README.md").map(([code]) => code)).toEqual(["0", "2", "3", "4", "1", "130, 143"])
  })
})
