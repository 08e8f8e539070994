/** For tests: what a translation of a page must have in common with it, section by section. */
import { lexer, type Token, type Tokens } from "marked"

/** What stands below one heading. Words are free; this is not. */
interface Section {
  readonly title: string
  readonly level: number
  /** Each kind of fact, in order where order is kept by a translation, else sorted. */
  readonly facts: Readonly<Record<string, ReadonlyArray<string>>>
}

/** What the translation lacks, and what it has that the page has not: a sentence each, none where they agree. */
export const differencesOf = (
  page: { readonly name: string; readonly text: string },
  translation: { readonly name: string; readonly text: string },
): ReadonlyArray<string> => {
  const [ours, theirs] = [sectionsOf(page.text), sectionsOf(translation.text)]
  const levels = (sections: ReadonlyArray<Section>) => sections.map((section) => section.level).join(" ")
  if (levels(ours) !== levels(theirs))
    return [
      `${translation.name} has other headings than ${page.name}:\n${outline(theirs)}\nand not, as ${page.name}:\n${outline(ours)}`,
    ]
  return ours.flatMap((section, index) => {
    const translated = theirs[index]!
    return Object.entries(section.facts).flatMap(([kind, facts]) => {
      const where = `${translation.name}, "${translated.title}" (in ${page.name}: "${section.title}")`
      const [lacking, added] = [
        without(facts, translated.facts[kind]!),
        without(translated.facts[kind]!, facts),
      ]
      return [
        ...lacking.map((fact) => `${where} lacks the ${kind} ${fact}`),
        ...added.map((fact) => `${where} has the ${kind} ${fact}, which the other has not`),
      ]
    })
  })
}

const outline = (sections: ReadonlyArray<Section>): string =>
  sections.map((section) => `${"#".repeat(section.level)} ${section.title}`).join("\n")

/** What is in `all` and not in `others`, each as often as it is too many. */
const without = (all: ReadonlyArray<string>, others: ReadonlyArray<string>): ReadonlyArray<string> => {
  const left = [...others]
  return all.filter((fact) => {
    const index = left.indexOf(fact)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

const sectionsOf = (text: string): ReadonlyArray<Section> => {
  const sections: Array<Section> = []
  for (const token of lexer(text)) {
    if (token.type === "heading") sections.push(emptySection(token.text, token.depth))
    else collect(token, sections.at(-1) ?? sections[sections.push(emptySection("the beginning", 0)) - 1]!)
  }
  return sections
}

const kinds = [
  "block of code",
  "comment in a block of code",
  "table",
  "list",
  "paragraph",
  "code",
  "link",
  "number",
]

const emptySection = (title: string, level: number): Section => ({
  title,
  level,
  facts: Object.fromEntries(kinds.map((kind) => [kind, []])),
})

/** The facts of a token and of all within it. */
const collect = (token: Token, section: Section): void => {
  const add = (kind: string, ...facts: ReadonlyArray<string>) =>
    (section.facts[kind] as Array<string>).push(...facts)
  switch (token.type) {
    case "code": {
      const { lang, text } = token as Tokens.Code
      // A block without a language shows what a program prints, which is nobody's to translate.
      const comments = lang ? [...text.matchAll(comment)] : []
      const code = lang ? text.replaceAll(comment, "") : text
      add("block of code", `${lang ?? ""}\n${code}`.trimEnd())
      // Translated, so only that there is one.
      add("comment in a block of code", ...comments.map(() => "(one more)"))
      return
    }
    case "table": {
      const { header, rows } = token as Tokens.Table
      add("table", `of ${header.length} columns and ${rows.length} rows`)
      for (const cell of [...header, ...rows.flat()]) for (const each of cell.tokens) collect(each, section)
      return
    }
    case "list": {
      const { items } = token as Tokens.List
      add("list", `of ${items.length} items`)
      for (const item of items) for (const each of item.tokens) collect(each, section)
      return
    }
    case "codespan":
      add("code", `\`${token.text}\``)
      return
    case "link":
      add("link", token.href)
      break
    case "paragraph":
      add("paragraph", "(one more)")
      break
    case "text":
      if (!("tokens" in token)) add("number", ...(token.text.match(/\d+(?:[.,]\d+)*/g) ?? []))
      break
  }
  if ("tokens" in token) for (const each of token.tokens ?? []) collect(each, section)
}

/** To the end of the line, in the languages of our blocks. */
const comment = /(?<=^|\s)(?:#|--) .*$/gm
