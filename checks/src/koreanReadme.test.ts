import { describe, expect, it } from "vitest"
import { readProjectFile } from "./projectFiles.fixture.ts"
import { differencesOf } from "./TranslatedPage.fixture.ts"

const [englishFirst, ...english] = readProjectFile("README.md").split("\n")
const [koreanFirst, ...korean] = readProjectFile("README.ko.md").split("\n")

describe("README.ko.md", () => {
  it("has the headings, commands, tables, links and numbers of README.md", () => {
    expect(
      differencesOf(
        { name: "README.md", text: english.join("\n") },
        { name: "README.ko.md", text: korean.join("\n") },
      ),
    ).toEqual([])
  })

  it("and README.md name each other in their first lines", () => {
    expect(englishFirst).toBe("[한국어](README.ko.md)")
    expect(koreanFirst).toBe("[English](README.md)")
  })
})

const page = `# Tea

Warm the pot for 2 minutes, with \`pot --warm\`. [More](more.md).

- one
- two

## Making it

\`\`\`sh
brew --leaves 3     # for two
\`\`\`

| exit | meaning |
| --- | --- |
| 0 | tea |
`

const faithful = `# 차

\`pot --warm\`으로 주전자를 2분 동안 데웁니다. [자세히](more.md).

- 하나
- 둘

## 만들기

\`\`\`sh
brew --leaves 3     # 두 사람 몫
\`\`\`

| 종료 코드 | 의미 |
| --- | --- |
| 0 | 차 |
`

/** What is said of the translation in which a text was replaced. */
const differencesWith = (before: string, after: string) => {
  expect(faithful).toContain(before)
  return differencesOf(
    { name: "tea.md", text: page },
    { name: "tea.ko.md", text: faithful.replace(before, after) },
  )
}

const tea = 'tea.ko.md, "차" (in tea.md: "Tea")'
const making = 'tea.ko.md, "만들기" (in tea.md: "Making it")'

describe("a translation", () => {
  it("may say it in other words", () => {
    expect(differencesWith("데웁니다", "데우십시오")).toEqual([])
  })

  it.each([
    [
      "a command",
      "leaves 3",
      "leaves 4",
      [
        `${making} lacks the block of code sh\nbrew --leaves 3`,
        `${making} has the block of code sh\nbrew --leaves 4, which the other has not`,
      ],
    ],
    ["a comment", "# 두 사람 몫", "", [`${making} lacks the comment in a block of code (one more)`]],
    ["a flag", "`pot --warm`으로 ", "", [`${tea} lacks the code \`pot --warm\``]],
    ["a number", "2분", "이 분", [`${tea} lacks the number 2`]],
    [
      "a link",
      "(more.md)",
      "(less.md)",
      [`${tea} lacks the link more.md`, `${tea} has the link less.md, which the other has not`],
    ],
    [
      "a point of a list",
      "- 둘\n",
      "",
      [`${tea} lacks the list of 2 items`, `${tea} has the list of 1 items, which the other has not`],
    ],
    [
      "a paragraph",
      "\n- 하나",
      "\n또 한 마디.\n\n- 하나",
      [`${tea} has the paragraph (one more), which the other has not`],
    ],
    [
      "a row of a table",
      "| 0 | 차 |\n",
      "",
      [
        `${making} lacks the table of 2 columns and 1 rows`,
        `${making} has the table of 2 columns and 0 rows, which the other has not`,
        `${making} lacks the number 0`,
      ],
    ],
    [
      "the level of a heading",
      "## 만들기",
      "### 만들기",
      [
        "tea.ko.md has other headings than tea.md:\n# 차\n### 만들기\nand not, as tea.md:\n# Tea\n## Making it",
      ],
    ],
  ])("is told apart by %s", (_, before, after, differences) => {
    expect(differencesWith(before, after)).toEqual(differences)
  })
})
